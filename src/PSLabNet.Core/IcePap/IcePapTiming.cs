using System;

namespace PSLabNet.IcePap;

/// <summary>How long to listen, and how often to ask again.</summary>
/// <param name="Quiet">The listening ends when nothing new came for so long.</param>
/// <param name="Retry">
/// How often the question is repeated, at even distances within a quiet window: multicast is not delivered for sure.
/// Something new starts the window afresh, and with it the repetitions.
/// </param>
public sealed record IcePapTiming(TimeSpan Quiet, int Retry)
{
    /// <summary>
    /// However much of ever new things the network says, no listening lasts longer than this and ten quiet windows:
    /// 10,000 devices take a second or two.
    /// </summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(60);

    internal TimeSpan Between => TimeSpan.FromTicks(Quiet.Ticks / (Retry + 1));

    internal TimeSpan AtMost { get; init; } = Longest + TimeSpan.FromTicks(Quiet.Ticks * 10);
}
