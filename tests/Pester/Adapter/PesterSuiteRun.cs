using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace PSLabNet.Pester;

/// <summary>
/// Runs files in two processes, and records the results of each file when it is done. One process has the files that send to
/// the multicast group, which must take turns. Tests spend most of their time waiting for silent or slow peers.
/// </summary>
/// <param name="source">The assembly to report for the tests.</param>
/// <param name="context">Contains the settings.</param>
/// <param name="handle">Receives the results.</param>
/// <param name="isWanted">Whether a test is requested.</param>
internal sealed class PesterSuiteRun(string source, IRunContext context, IFrameworkHandle handle, Predicate<PesterTest> isWanted)
{
    /// <summary>Whether the project requests lines that the console shows. It does not show messages of a lower level.</summary>
    private readonly bool showsFiles = context.RunSettings?.SettingsXml?.Contains("<ShowFiles>true</ShowFiles>", StringComparison.Ordinal) == true;

    /// <summary>The files with requested tests.</summary>
    /// <param name="all">All tests.</param>
    public IReadOnlyList<PesterFile> Select(IEnumerable<PesterTest> all) =>
    [
        // Selects by the tests to skip: Pester runs a test that is selected by its line, even if it should be skipped.
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
            // The results up to this point are recorded.
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
