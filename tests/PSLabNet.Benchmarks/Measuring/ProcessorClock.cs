using System;
using Perfolizer.Horology;

namespace PSLabNet.Benchmarks.Measuring;

/// <summary>
/// Processor time of this process, of all its threads, those of the garbage collector too. "So many a second and core" is
/// told by this clock, and a machine that has other work to do does not change it much, as it does the time that elapses.
/// </summary>
internal sealed class ProcessorClock : IClock
{
    public string Title => "processor time";

    public bool IsAvailable => true;

    public Frequency Frequency { get; } = new(TimeSpan.TicksPerSecond);

    public static TimeSpan Now => Environment.CpuUsage.TotalTime;

    public long GetTimestamp() => Now.Ticks;
}
