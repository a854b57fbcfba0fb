using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;

namespace PSLabNet.Pester;

/// <summary>Runs the Pester files.</summary>
[ExtensionUri(UriText)]
public sealed class PesterExecutor : ITestExecutor, IDisposable
{
    internal const string UriText = "executor://PSLabNet.Pester/v1";

    internal static readonly Uri Uri = new(UriText);

    private readonly CancellationTokenSource cancellation = new();

    /// <summary>
    /// Runs the tests that a filter selects; the name of a file selects all tests in it. Without a filter, tests that are
    /// left to .ci/run do not run.
    /// </summary>
    /// <param name="sources">This assembly.</param>
    /// <param name="runContext">Contains the filter.</param>
    /// <param name="frameworkHandle">Receives the results.</param>
    public void RunTests(IEnumerable<string>? sources, IRunContext? runContext, IFrameworkHandle? frameworkHandle)
    {
        var filter = new TestFilter(runContext!);
        foreach (string source in sources!)
        {
            if (filter.IsEmpty || filter.File is not null)
            {
                IEnumerable<string> files = filter.IsEmpty ? Repository.TestFiles : [filter.File!];
                var run = new PesterSuiteRun(source, runContext!, frameworkHandle!, static _ => true);
                run.Run([.. files.Select(file => new PesterFile(file, []))], withoutCI: filter.IsEmpty, cancellation.Token);
            }
            else
            {
                RunWanted(new PesterSuiteRun(source, runContext!, frameworkHandle!, test => filter.Matches(test, source)));
            }
        }
    }

    /// <summary>Runs tests that were listed before.</summary>
    /// <param name="tests">The tests.</param>
    /// <param name="runContext">Contains the settings.</param>
    /// <param name="frameworkHandle">Receives the results.</param>
    public void RunTests(IEnumerable<TestCase>? tests, IRunContext? runContext, IFrameworkHandle? frameworkHandle)
    {
        foreach (IGrouping<string, TestCase> ofSource in tests!.GroupBy(test => test.Source))
        {
            var names = ofSource.Select(test => test.FullyQualifiedName).ToHashSet();
            RunWanted(new PesterSuiteRun(ofSource.Key, runContext!, frameworkHandle!, test => names.Contains(test.FullName)));
        }
    }

    /// <inheritdoc/>
    public void Cancel() => cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => cancellation.Dispose();

    private void RunWanted(PesterSuiteRun run) => run.Run(run.Select(PesterTest.List(cancellation.Token)), withoutCI: false, cancellation.Token);
}
