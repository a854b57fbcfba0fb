using System;
using System.Globalization;
using System.IO;
using System.Text;
using PSLabNet.Lab;
using PSLabNet.Soak.Accounting;
using PSLabNet.Soak.Client;
using PSLabNet.Soak.Measuring;

namespace PSLabNet.Soak.Reporting;

/// <summary>Writes the figures of a run into a block of the page, so that nobody copies them by hand.</summary>
internal static class ReportPage
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The block for the figures of the run: each length of a run has its own. Null if no report is requested.</summary>
    /// <exception cref="IOException">The page has no such block.</exception>
    public static MarkedBlock? Find(SoakOptions options) => options.Report is null ? null : new MarkedBlock(
        options.Report, $"<!-- soak of {Name(options)}: written by tests/PSLabNet.Soak --report -->", $"<!-- soak of {Name(options)}: end -->");

    public static void Write(MarkedBlock page, SoakResult result)
    {
        page.Write(Block(result));
        string folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(result.Options.Report!))!, "images");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, PlotName(result.Options)), SoakPlot.Draw(result.Samples));
    }

    private static string Block(SoakResult result)
    {
        var text = new StringBuilder();
        Say(text, $"`{Command(result.Options)}`");
        Say(text, $"");
        Say(text, $"{result.Options.Duration.TotalMinutes:0.#} minutes after {result.Options.WarmUp.TotalSeconds:0} s of warm-up, with seed {result.Options.Seed}, .NET {Environment.Version} ({Configuration}), {Environment.ProcessorCount} processors. Discovery, updates, license queries and a checkout watch ran at once, without a pause, against 24 simulated controllers and 6 simulated license servers in another process, with faults that came and went.");
        Say(text, $"");
        Say(text, $"| The client holds | at rest after the warm-up | at rest at the end | allowed increase | under load | drift | allowed drift |");
        Say(text, $"| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (Growth growth in result.Growth)
        {
            Say(text, $"| {growth.Limit.Name} | {growth.RestBefore:0} | {growth.RestAfter:0} | {growth.Limit.AtRest:0} | {growth.BusyLow:0} to {growth.BusyHigh:0} | {(growth.IsDriftKnown ? growth.Drift.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) : "not judged")} | {(growth.Limit.Drift is { } drift ? drift.ToString("0", CultureInfo.InvariantCulture) : "anything")} |");
        }

        Say(text, $"");
        Say(text, $"Drift is the median slope of all pairs of samples (Theil-Sen), times the length of the run. It is judged in runs of five minutes and more. Memory under load depends on the conversations of the moment, so only memory at rest is judged. Samples are taken every second, and memory every minute after a full collection. The handles do not include the program's own assemblies, which stay open once they are used.");
        Say(text, $"");
        Say(text, $"![Memory, handles and threads over the run](images/{PlotName(result.Options)})");
        Say(text, $"");
        Table(text, "Operation", result.Operations);
        Table(text, "Fault switched on", result.Faults);
        Say(text, $"{result.UpdatesSent} update packets were sent, {result.UpdatesHeard} reached a device, {result.UpdatesTaken} were accepted. Of {result.Checkouts} checkouts on the watched servers, {result.CheckoutsUnseen} ended before a poll could see them from its beginning to its end, or fell into an outage.");
        Say(text, $"");
        Say(text, $"| Rule | Cases | |");
        Say(text, $"| --- | ---: | --- |");
        foreach (Verdict verdict in result.Verdicts)
        {
            Say(text, $"| {verdict.Rule} | {verdict.Cases} | {(verdict.IsPassed ? "holds" : $"**fails in {verdict.Failures.Count}**")} |");
        }

        return text.ToString();
    }

    private static string Configuration =>
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private static string Name(SoakOptions options) => options.Duration >= TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"minutes {options.Duration.TotalMinutes:0.##}")
        : string.Create(CultureInfo.InvariantCulture, $"seconds {options.Duration.TotalSeconds:0.##}");

    private static string PlotName(SoakOptions options) => options.Duration >= Hour ? "soak.svg" : $"soak-{Name(options).Replace(' ', '-')}.svg";

    private static string Command(SoakOptions options) =>
        string.Create(CultureInfo.InvariantCulture, $"dotnet run -c {Configuration} --project tests/PSLabNet.Soak -- --{Name(options)} --seed {options.Seed} --report docs/soak.md");

    private static void Table(StringBuilder text, string title, Tally tally)
    {
        Say(text, $"| {title} | Times |");
        Say(text, $"| --- | ---: |");
        foreach ((string name, long count) in tally.Counts)
        {
            Say(text, $"| {name} | {count} |");
        }

        Say(text, $"");
    }

    private static void Say(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
}
