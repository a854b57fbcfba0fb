using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;

namespace PSLabNet.Pester;

/// <summary>One line of the result file of Invoke-PesterSuite.ps1: a test that is listed or was run.</summary>
/// <param name="File">The file that it is in.</param>
/// <param name="Block">The names of the blocks around it.</param>
/// <param name="Name">Its own.</param>
/// <param name="Outcome">As Pester says it.</param>
/// <param name="Message">Why it failed or was skipped.</param>
/// <param name="Trace">Where it failed.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Line">Where it begins; 0 for what failed outside of the tests of a file.</param>
/// <param name="Tags">Its tags and those of the blocks around it.</param>
internal sealed record PesterTest(
    string File, string Block, string Name, string Outcome, string Message, string Trace, double Seconds, int Line, IReadOnlyList<string> Tags)
{
    public const string Passed = "Passed";

    public const string Failed = "Failed";

    /// <summary>The tag of what is long, or wants root: left to .ci/run.</summary>
    public const string LeftToCI = "CI";

    public string FullName => Block.Length == 0 ? $"{File}.{Name}" : $"{File}.{Block}.{Name}";

    public bool IsLeftToCI => Tags.Contains(LeftToCI);

    public bool IsOutsideOfTests => Line == 0;

    private bool IsSkipped => Outcome is not (Passed or Failed);

    public static PesterTest Parse(string line) => JsonSerializer.Deserialize<PesterTest>(line)!;

    /// <summary>Lists all tests.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The tests, none of them run.</returns>
    public static IReadOnlyList<PesterTest> List(CancellationToken cancellationToken)
    {
        using PesterProcess process = PesterProcess.List();
        while (process.ReadLineAsync(cancellationToken).GetAwaiter().GetResult() is not null)
        {
            // What it prints is for those who run it by hand.
        }

        return process.ReadResults();
    }

    /// <summary>A file that did not come to its end.</summary>
    public static PesterTest OfFile(string file, string output) => new(file, string.Empty, "(the run of the file)", Failed, output, string.Empty, 0, 0, []);

    public TestCase ToCase(string source)
    {
        var test = new TestCase(FullName, PesterExecutor.Uri, source)
        {
            DisplayName = FullName,
            CodeFilePath = Path.Combine(Repository.PesterFolder, File),
            LineNumber = Line,
        };
        foreach (string tag in Tags)
        {
            test.Traits.Add(TestFilter.Category, tag);
        }

        return test;
    }

    public TestResult ToResult(string source) => new(ToCase(source))
    {
        // The console shows the name of a test that is skipped, and nothing else of it.
        DisplayName = IsSkipped && !Name.Contains($"({Message})", StringComparison.Ordinal) ? $"{FullName} ({Message})" : FullName,
        Outcome = Outcome switch
        {
            Passed => TestOutcome.Passed,
            Failed => TestOutcome.Failed,
            _ => TestOutcome.Skipped,
        },
        ErrorMessage = Message,
        ErrorStackTrace = Trace,
        Duration = TimeSpan.FromSeconds(Seconds),
    };
}
