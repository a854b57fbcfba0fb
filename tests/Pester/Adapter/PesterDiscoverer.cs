using System.Collections.Generic;
using System.ComponentModel;
using System.Threading;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace PSLabNet.Pester;

/// <summary>Lists the tests of all Pester files, including those with the tag CI.</summary>
[FileExtension(".dll")]
[DefaultExecutorUri(PesterExecutor.UriText)]
[Category("managed")]
public sealed class PesterDiscoverer : ITestDiscoverer
{
    /// <inheritdoc/>
    public void DiscoverTests(IEnumerable<string> sources, IDiscoveryContext discoveryContext, IMessageLogger logger, ITestCaseDiscoverySink discoverySink)
    {
        foreach (string source in sources)
        {
            foreach (PesterTest test in PesterTest.List(CancellationToken.None))
            {
                discoverySink.SendTestCase(test.ToCase(source));
            }
        }
    }
}
