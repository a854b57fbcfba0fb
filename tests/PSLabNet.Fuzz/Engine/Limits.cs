using System;

namespace PSLabNet.Fuzz.Engine;

/// <summary>Time limits for one input. They are generous, because other programs use the machine too; an endless loop takes longer.</summary>
internal sealed record Limits
{
    /// <summary>After this time the input hangs: the program reports it and ends.</summary>
    public TimeSpan Hang { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An input that takes longer in each of several attempts is too slow.</summary>
    public TimeSpan Slow { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Number of attempts that a slow input has to be fast.</summary>
    public int SlowAttempts { get; init; } = 5;
}
