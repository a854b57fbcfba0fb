using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace PSLabNet.Pester;

/// <summary>
/// Runs files in two processes, and hands in the results of each file when it is done. One process has the files that speak
/// in the multicast group, which have to take turns; most of their time, tests wait for what is silent or slow.
/// </summary>
/// <param name="source">The assembly that the tests are said to be in.</param>
/// <param name="context">Holds the settings.</param>
/// <param name="handle">Receives the results.</param>
/// <param name="isWanted">Whether a test is one of those that are asked for.</param>
internal sealed class PesterSuiteRun(string source, IRunContext context, IFrameworkHandle handle, Predicate<PesterTest> isWanted)
{
    /// <summary>Whether the project asks for lines that the console shows: lesser messages it does not.</summary>
    private readonly bool showsFiles = context.RunSettings?.SettingsXml?.Contains("<ShowFiles>true</ShowFiles>", StringComparison.Ordinal) == true;

    /// <summary>The files with tests that are asked for.</summary>
    /// <param name="all">All tests.</param>
    public IReadOnlyList<PesterFile> Select(IEnumerable<PesterTest> all) =>
    [
        // By what is left out: a test that Pester is asked for by its line runs even where it should be skipped.
        .. from file in all.GroupBy(test => test.File)
           let wanted = file.Where(test => isWanted(test)).Select(test => test.Line).ToArray()
           where wanted.Length > 0
           select new PesterFile(file.Key, [.. file.Select(test => test.Line).Distinct().Except(wanted)]),
    ];

    public void Run(IReadOnlyList<PesterFile> files, bool withoutCI, CancellationToken cancellationToken)
    {
        try
        {
            Task.WhenAll(files.GroupBy(file => file.Multicasts).Select(lane => RunAsync([.. lane], withoutCI, cancellationToken))).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // What was done by then is handed in.
        }
    }

    private async Task RunAsync(IReadOnlyList<PesterFile> files, bool withoutCI, CancellationToken cancellationToken)
    {
        using PesterProcess process = PesterProcess.Run(files, withoutCI);
        string? end = null;
        foreach (PesterFile file in files)
        {
            if (end is not null)
            {
                handle.RecordResult(PesterTest.OfFile(file.Name, "It was not run: PowerShell ended in a file before it.").ToResult(source));
            }
            else if (await ReadSummaryAsync(process, file, cancellationToken) is { } line)
            {
                foreach (PesterTest test in process.ReadResults().Where(test => test.IsOutsideOfTests || isWanted(test)))
                {
                    handle.RecordResult(test.ToResult(source));
                }

                handle.SendMessage(showsFiles ? TestMessageLevel.Warning : TestMessageLevel.Informational, line);
            }
            else
            {
                end = await process.WaitForEndAsync();
                handle.RecordResult(PesterTest.OfFile(file.Name, end).ToResult(source));
            }
        }
    }

    /// <summary>Reads up to the line that Invoke-PesterSuite.ps1 prints when it has written the results of a file.</summary>
    /// <returns>The line; null if the process ends without it.</returns>
    private static async Task<string?> ReadSummaryAsync(PesterProcess process, PesterFile file, CancellationToken cancellationToken)
    {
        while (await process.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(file.Name + ": ", StringComparison.Ordinal) && line.EndsWith(" skipped", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return null;
    }
}
