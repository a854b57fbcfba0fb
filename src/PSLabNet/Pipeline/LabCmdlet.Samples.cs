using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using PSLabNet.Files;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Samples;
using PSLabNet.Parameters;

namespace PSLabNet.Pipeline;

/// <content>Reads files of samples, for the cmdlets that use them.</content>
public abstract partial class LabCmdlet
{
    /// <summary>Reads samples one by one. A file or line that can't be read is an error; the others are still read.</summary>
    /// <param name="paths">The files, with wildcards.</param>
    /// <param name="take">Receives each sample.</param>
    private protected void ReadSamples(IEnumerable<string> paths, Action<FlexLmSample> take)
    {
        foreach (string path in this.ResolveFiles(paths))
        {
            try
            {
                FileStream? file = null;
                Pump(async token => file = await FileInUse.OpenForReadAsync(path, token).ConfigureAwait(false));
                using var stream = new StoppableStream(file!, RefreshProgress, StopToken);
                using IDisposable shown = ShowProgress(stream.Progress);
                foreach (FlexLmSample sample in FlexLmSampleFile.Read(stream, path, fault => WriteFailure(new SampleFaultException(fault), fault.Source)))
                {
                    take(sample);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                WriteFailure(e, path);
            }
            catch (OperationCanceledException)
            {
                throw new PipelineStoppedException();
            }
        }
    }
}
