using System;
using Perfolizer.Horology;

namespace PSLabNet.Benchmarks.Measuring;

/// <summary>
/// Processor time of this process with all its threads, including those of the garbage collector. Rates per second and core
/// use this clock. Other work on the machine changes it much less than the elapsed time.
/// </summary>
internal sealed class ProcessorClock : IClock
{
    public string Title => "processor time";

    public bool IsAvailable => true;

    public Frequency Frequency { get; } = new(TimeSpan.TicksPerSecond);

    public static TimeSpan Now => Environment.CpuUsage.TotalTime;

    public long GetTimestamp() => Now.Ticks;
}
