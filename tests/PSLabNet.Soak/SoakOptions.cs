using System;
using System.ComponentModel;

namespace PSLabNet.Soak;

/// <summary>A fault that is planted in the client, to show that a rule detects it.</summary>
internal enum Leak
{
    None,

    /// <summary>A socket of each update stays open.</summary>
    Handles,

    /// <summary>Each update keeps 64 KiB.</summary>
    Memory,

    /// <summary>Each update leaves work that never ends, with its thread.</summary>
    Tasks,

    /// <summary>An update is reported as successful although it was never sent.</summary>
    Lost,

    /// <summary>An update is sent a second time, and the client does not count it.</summary>
    Twice,

    /// <summary>An event of the checkout watch is dropped.</summary>
    Event,
}

/// <summary>The options of the command line.</summary>
internal sealed record SoakOptions
{
    private static readonly TimeSpan ShortestWarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromMinutes(3);

    [Description("Length of the run.")]
    public double Minutes { get; init; }

    [Description("Length of the run, beside --minutes; 45 s if neither is given.")]
    public double Seconds { get; init; }

    [Description("Seed of all that is random; random if not given.")]
    public int Seed { get; init; } = Environment.TickCount & 0xFFFFFF;

    [Description("A Markdown page with the two comments between which the figures of a run of this length are written.")]
    public string? Report { get; init; }

    [Description("A fault to plant in the client, which the rule for it must notice.")]
    public Leak Leak { get; init; }

    [Description("Plants each fault in a run of its own too.")]
    public bool SelfTest { get; init; }

    [Description("The folder of the client: this process is the simulators of another one, which starts it.")]
    public string? World { get; init; }

    public TimeSpan Duration => Minutes + Seconds > 0 ? TimeSpan.FromMinutes(Minutes) + TimeSpan.FromSeconds(Seconds) : TimeSpan.FromSeconds(45);

    /// <summary>Time of the same work before the first measurement: code is compiled, pools and caches are filled.</summary>
    public TimeSpan WarmUp => TimeSpan.FromTicks(Math.Clamp(Duration.Ticks / 20, ShortestWarmUp.Ticks, LongestWarmUp.Ticks));
}
