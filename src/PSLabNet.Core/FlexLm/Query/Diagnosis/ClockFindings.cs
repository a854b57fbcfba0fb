using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>
/// The clock of a daemon against this computer's, by the times in its frames. Bytes 8..11 of a frame may be an id instead of a time
/// (docs/protocol): several numbers that run with this computer's clock are a time, and a single one that is near is.
/// </summary>
/// <remarks>A server that repeats the time of the request looks like one whose clock agrees.</remarks>
internal static class ClockFindings
{
    // Flexera documents that a request is denied if the clocks differ by more than 24 hours (-34). Publishers can ask for less.
    private static readonly TimeSpan Wrong = TimeSpan.FromHours(1);
    private static readonly TimeSpan Odd = TimeSpan.FromMinutes(5);

    // Of random numbers, one of 25,000 is so near.
    private static readonly TimeSpan NearForOne = TimeSpan.FromDays(1);

    // No clock is further off; one that was reset shows the year of its making.
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(30 * 365);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(5);

    public static StepFinding Describe(IReadOnlyList<FrameTime> samples)
    {
        TimeSpan[] offsets = [.. samples.Where(sample => sample.Time >= WireConstants.FirstTime)
            .Select(sample => DateTimeOffset.FromUnixTimeSeconds(sample.Time) - sample.ReceivedAt).OrderBy(offset => offset)];
        if (offsets.Length == 0)
        {
            return StepFinding.Skipped("Its answers carry no time.", "Compare the clocks by hand.");
        }

        TimeSpan offset = offsets[offsets.Length / 2];
        bool isClock = offsets.Length == 1 ? offset.Duration() <= NearForOne : offsets[offsets.Length - 1] - offsets[0] <= Spread && offset.Duration() <= Furthest;
        if (!isClock)
        {
            return StepFinding.Skipped("The numbers in its answers, which most servers fill with the time, are no time here.", "Compare the clocks by hand.");
        }

        string there = (samples[samples.Count - 1].ReceivedAt + offset).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        string difference = $"Its clock says {there} UTC, {Text(offset.Duration())} {(offset < TimeSpan.Zero ? "behind" : "ahead of")} this computer's.";
        const string Cure = "Let a time server (NTP) set both clocks. Licenses that expire are denied if the clocks differ too much (error -34).";
        return offset.Duration() > Wrong ? new(FlexLmStepState.Failed, difference, Cure)
            : offset.Duration() > Odd ? new(FlexLmStepState.Warning, difference, Cure)
            : StepFinding.Passed(offset.Duration() <= Spread ? "Its clock agrees with this computer's." : difference);
    }

    // Frames have whole seconds, so two hours look like a little less.
    private static string Text(TimeSpan difference)
    {
        var minutes = TimeSpan.FromMinutes(Math.Round(difference.TotalMinutes));
        return minutes.TotalDays >= 1 ? FormattableString.Invariant($"{(int)minutes.TotalDays} d {minutes.Hours} h")
            : minutes.TotalHours >= 1 ? FormattableString.Invariant($"{minutes.Hours} h {minutes.Minutes} min")
            : difference.TotalMinutes >= 2 ? FormattableString.Invariant($"{minutes.Minutes} min")
            : FormattableString.Invariant($"{Math.Round(difference.TotalSeconds)} s");
    }
}
