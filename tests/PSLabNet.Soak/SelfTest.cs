using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.Lab.Processes;
using PSLabNet.Soak.Accounting;
using PSLabNet.Soak.Measuring;

namespace PSLabNet.Soak;

/// <summary>Shows that the rules work: plants each fault in a short run in a separate process, and expects its rule to fail.</summary>
internal static class SelfTest
{
    private const int Seconds = 8;

    // All of them at once would be so slow on two processors that little happens in a run.
    private const int AtOnce = 3;

    private static readonly (Leak Leak, string Rule)[] Expected =
    [
        (Leak.Handles, "No growth of open sockets"),
        (Leak.Memory, "No growth of managed memory in KiB"),
        (Leak.Tasks, "No growth of threads"),
        (Leak.Lost, "The device has the settings of each update that succeeded"),
        (Leak.Twice, "No update reached a device more often than it was sent"),
        (Leak.Event, "Each checkout reported as taken is reported once as returned, and not too early"),
    ];

    public static async Task<IReadOnlyList<Verdict>> RunAsync(SoakOptions options)
    {
        List<Verdict> verdicts = [Trend("A slow climb under the noise is noticed", options, climb: 40, isWithin: false), Trend("Noise alone is no climb", options, climb: 0, isWithin: true)];
        foreach ((Leak Leak, string Rule)[] some in Expected.Chunk(AtOnce))
        {
            verdicts.AddRange(await Task.WhenAll(some.Select(planted => RunAsync(options, planted.Leak, planted.Rule))));
        }

        return verdicts;
    }

    // An hour of generated samples: a short run cannot show a trend.
    private static Verdict Trend(string rule, SoakOptions options, double climb, bool isWithin)
    {
        const int HourSeconds = 3600;
        const int Noise = 15;
        var random = new Random(options.Seed);
        Sample[] samples = [.. Enumerable.Range(0, HourSeconds).Select(second => new Sample(second, (int)(50 + random.Next(Noise) + (climb * second / HourSeconds)), 0, 0, null))];
        Growth growth = Growth.Of(Limit.All[0], samples[0], samples, samples[0]);
        return new Verdict(rule, samples.Length, growth.IsWithin == isWithin ? [] : [FormattableString.Invariant($"the drift was taken to be {growth.Drift}")]);
    }

    private static async Task<Verdict> RunAsync(SoakOptions options, Leak leak, string rule)
    {
        ChildProcess ended = await Task.Run(() => ChildProcess.RunToEnd(OwnProcess.StartInfo(
            "--seconds", Seconds.ToString(CultureInfo.InvariantCulture), "--seed", options.Seed.ToString(CultureInfo.InvariantCulture), "--leak", leak.ToString())));
        bool isNoticed = ended.ExitCode == 1 && ended.Output.Contains("FAILED " + rule, StringComparison.Ordinal);
        return new Verdict($"Planted, {leak} is noticed", 1, isNoticed ? [] : [$"\"{rule}\" did not fail. {ended.Output}{ended.Errors}"]);
    }
}
