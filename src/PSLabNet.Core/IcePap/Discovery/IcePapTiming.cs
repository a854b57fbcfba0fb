using System;

namespace PSLabNet.IcePap.Discovery;

/// <summary>How long to listen, and how often to ask again.</summary>
/// <param name="Quiet">The listening ends when nothing new came for so long.</param>
/// <param name="Retry">
/// How often the question is repeated, at even distances within a quiet window: multicast is not delivered for sure.
/// Something new starts the window afresh, and with it the repetitions.
/// </param>
/// <exception cref="ArgumentOutOfRangeException">The window is not longer than nothing and at most a day, or the number is negative.</exception>
public sealed record IcePapTiming(TimeSpan Quiet, int Retry)
{
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromDays(1);

    /// <summary>The listening ends when nothing new came for so long.</summary>
    public TimeSpan Quiet { get; init; } = Quiet > TimeSpan.Zero && Quiet <= LongestQuiet
        ? Quiet
        : throw new ArgumentOutOfRangeException(nameof(Quiet), Quiet, "A quiet window is longer than nothing and at most a day.");

    /// <summary>How often the question is repeated.</summary>
    public int Retry { get; init; } = Retry >= 0
        ? Retry
        : throw new ArgumentOutOfRangeException(nameof(Retry), Retry, "A question can't be repeated less than not at all.");

    /// <summary>
    /// However much of ever new things the network says, no listening lasts longer than this and ten quiet windows:
    /// 10,000 devices take a second or two.
    /// </summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(60);

    /// <summary>What a search takes where nothing is said.</summary>
    internal static IcePapTiming Default { get; } = new(TimeSpan.FromSeconds(1), 1);

    /// <summary>What reading a device back takes where nothing is said.</summary>
    internal static IcePapTiming Thorough { get; } = new(TimeSpan.FromSeconds(2), 3);

    internal TimeSpan Between => TimeSpan.FromTicks(Quiet.Ticks / (Retry + 1));

    internal TimeSpan AtMost { get; init; } = Longest + TimeSpan.FromTicks(Quiet.Ticks * 10);
}
