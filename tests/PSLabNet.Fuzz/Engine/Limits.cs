using System;

namespace PSLabNet.Fuzz.Engine;

/// <summary>What one input may take. Generous, since other programs use the machine too; a loop without end takes more.</summary>
internal sealed record Limits
{
    /// <summary>After this the input hangs: the program says so and ends.</summary>
    public TimeSpan Hang { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An input that takes longer at each of several times is too slow.</summary>
    public TimeSpan Slow { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Times that a slow input is given to be fast.</summary>
    public int SlowAttempts { get; init; } = 5;
}
