using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PSLabNet.Link.Discovery;

/// <summary>All runs of a measurement, and their result.</summary>
/// <param name="Options">The options of the measurement.</param>
/// <param name="Worker">The part of the system that caused the loss.</param>
/// <param name="Runs">The runs.</param>
internal sealed record DiscoveryResult(DiscoveryOptions Options, string Worker, IReadOnlyList<DiscoveryRun> Runs)
{
    /// <summary>The runs that missed a device.</summary>
    public IReadOnlyList<DiscoveryRun> Missing { get; } = [.. Runs.Where(run => run.Missed > 0)];

    /// <summary>The result as text for people.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Text($"{Options.Devices} devices, loss {Options.Loss} % each way, -Retry {Options.Retry}, seed {Options.Seed}, {Options.Parallel} at a time; {Worker}");
        yield return Text($"Found all: {Runs.Count - Missing.Count} of {Runs.Count} runs");
        yield return Text($"Devices missed: {Runs.Sum(run => run.Missed)} of {(long)Runs.Count * Options.Devices}{Which()}");
        yield return Text($"Lost, to the devices: {Share(run => run.ToDevices)}; to the client: {Share(run => run.ToClient)}");
        yield return Text($"Seconds: {Distribution(run => run.Duration.TotalSeconds, "0.00")}");
        yield return Text($"Questions sent: {Distribution(run => run.Questions, "0")}");
        yield return Text($"Answers received: {Distribution(run => run.Answers, "0")}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private string Which() => Missing.Count == 0
        ? string.Empty
        : " (" + string.Join("; ", Missing.Take(10).Select(run => Text($"run {run.Number}: {run.Missed}, {run.Questions} questions, {run.Answers} answers"))) + ")";

    private string Share(Func<DiscoveryRun, FrameTally> of)
    {
        long frames = Runs.Sum(run => of(run).Frames);
        long overrun = Runs.Sum(run => of(run).Overrun);
        return Text($"{100.0 * Runs.Sum(run => of(run).Lost) / Math.Max(frames, 1):0.0} % of {frames} frames{(overrun == 0 ? string.Empty : Text($" (and {overrun} for want of room)"))}");
    }

    private string Distribution(Func<DiscoveryRun, double> of, string format)
    {
        double[] sorted = [.. Runs.Select(of).Order()];
        string At(double share) => sorted[(int)Math.Min(sorted.Length * share, sorted.Length - 1)].ToString(format, CultureInfo.InvariantCulture);
        return $"least {At(0)}, median {At(0.5)}, 95 % {At(0.95)}, 99 % {At(0.99)}, most {At(1)}";
    }
}
