using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;

namespace PSLabNet.Pester;

/// <summary>One line of the result file of Invoke-PesterSuite.ps1: a test that was listed or run.</summary>
/// <param name="File">The file that contains it.</param>
/// <param name="Block">The names of the blocks around it.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Outcome">The outcome in Pester's words.</param>
/// <param name="Message">Why it failed or was skipped.</param>
/// <param name="Trace">Where it failed.</param>
/// <param name="Seconds">Its duration in seconds.</param>
/// <param name="Line">Its first line; 0 for a failure outside of the tests of a file.</param>
/// <param name="Tags">Its tags and those of the blocks around it.</param>
internal sealed record PesterTest(
    string File, string Block, string Name, string Outcome, string Message, string Trace, double Seconds, int Line, IReadOnlyList<string> Tags)
{
    public const string Passed = "Passed";

    public const string Failed = "Failed";

    /// <summary>The tag of tests that take long or need root: they are left to .ci/run.</summary>
    public const string LeftToCI = "CI";

    public string FullName => Block.Length == 0 ? $"{File}.{Name}" : $"{File}.{Block}.{Name}";

    public bool IsLeftToCI => Tags.Contains(LeftToCI);

    public bool IsOutsideOfTests => Line == 0;

    private bool IsSkipped => Outcome is not (Passed or Failed);

    public static PesterTest Parse(string line) => JsonSerializer.Deserialize<PesterTest>(line)!;

    /// <summary>Lists all tests.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The tests; none of them was run.</returns>
    public static IReadOnlyList<PesterTest> List(CancellationToken cancellationToken)
    {
        using PesterProcess process = PesterProcess.List();
        while (process.ReadLineAsync(cancellationToken).GetAwaiter().GetResult() is not null)
        {
            // The output is for people who run it by hand.
        }

        return process.ReadResults();
    }

    /// <summary>A result for a file that did not run to its end.</summary>
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
        // For a skipped test, the console shows only its name.
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
