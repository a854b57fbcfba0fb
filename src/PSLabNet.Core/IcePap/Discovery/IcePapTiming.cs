using System;

namespace PSLabNet.IcePap.Discovery;

/// <summary>How long to listen, and how often to repeat the request.</summary>
/// <param name="Quiet">Listening ends when nothing new was received for this time.</param>
/// <param name="Retry">
/// How often the request is repeated, at equal intervals within a quiet window: multicast delivery is not reliable. A new
/// answer restarts the window, and with it the repetitions.
/// </param>
/// <exception cref="ArgumentOutOfRangeException">The window is not positive or is longer than a day, or the number is negative.</exception>
public sealed record IcePapTiming(TimeSpan Quiet, int Retry)
{
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromDays(1);

    /// <summary>Listening ends when nothing new was received for this time.</summary>
    public TimeSpan Quiet { get; init; } = Quiet > TimeSpan.Zero && Quiet <= LongestQuiet
        ? Quiet
        : throw new ArgumentOutOfRangeException(nameof(Quiet), Quiet, "A quiet window is longer than nothing and at most a day.");

    /// <summary>How often the request is repeated.</summary>
    public int Retry { get; init; } = Retry >= 0
        ? Retry
        : throw new ArgumentOutOfRangeException(nameof(Retry), Retry, "A question can't be repeated less than not at all.");

    /// <summary>
    /// Listening never lasts longer than this plus ten quiet windows, even if new answers keep arriving. 10,000 devices take
    /// one or two seconds.
    /// </summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The default for a search.</summary>
    internal static IcePapTiming Default { get; } = new(TimeSpan.FromSeconds(1), 1);

    /// <summary>The default for reading a device back.</summary>
    internal static IcePapTiming Thorough { get; } = new(TimeSpan.FromSeconds(2), 3);

    internal TimeSpan Between => TimeSpan.FromTicks(Quiet.Ticks / (Retry + 1));

    internal TimeSpan AtMost { get; init; } = Longest + TimeSpan.FromTicks(Quiet.Ticks * 10);
}
