using System;

namespace PSLabNet.FlexLm.Usage.Logged;

/// <summary>What a time in a log is.</summary>
[Flags]
internal enum IntervalKind : byte
{
    /// <summary>Licenses were in use.</summary>
    Use = 1,

    /// <summary>Licenses were waited for, in the queue or after a denial.</summary>
    Wait = 2,

    /// <summary>The licenses were held before the log begins: the beginning is unknown.</summary>
    Unstarted = 4,

    /// <summary>The licenses are held when the log ends: the end is unknown.</summary>
    Open = 8,

    /// <summary>The daemon stopped: the licenses were free at the latest then.</summary>
    Stopped = 16,
}

/// <summary>
/// Licenses that a party held or waited for. Times are in UTC ticks, from the beginning up to but not including the end;
/// the places of the two lines in the log tell the order of events at the same time.
/// </summary>
internal readonly record struct UseInterval(long From, long FromOrder, long To, long ToOrder, int Count, int Party, IntervalKind Kind)
{
    public bool Is(IntervalKind kind) => (Kind & kind) != 0;
}

/// <summary>A request that was denied, with its further tries.</summary>
internal readonly record struct DeniedRequest(long At, int Party);

/// <summary>A time, in UTC ticks, that a log covers.</summary>
internal readonly record struct CoveredSpan(long From, long To);
