using System;

namespace PSLabNet.Pipeline;

/// <summary>Progress of work.</summary>
/// <param name="Status">The progress in words.</param>
/// <param name="Done">The completed part, 0 to 1.</param>
/// <param name="Left">The remaining time; null if it is unknown.</param>
internal sealed record WorkProgress(string Status, double Done, TimeSpan? Left)
{
    /// <summary>Progress of work with equal parts: each remaining part takes as long as a completed one.</summary>
    /// <param name="status">The progress in words.</param>
    /// <param name="done">Number of completed parts.</param>
    /// <param name="total">Number of all parts.</param>
    /// <param name="elapsed">Time for the completed parts.</param>
    public static WorkProgress OfParts(string status, double done, double total, TimeSpan elapsed) =>
        new(status, total > 0 ? done / total : 1, done > 0 ? TimeSpan.FromTicks((long)(elapsed.Ticks / done * Math.Max(0, total - done))) : null);

    /// <summary>Progress of work that ends at a known time.</summary>
    /// <param name="status">The progress in words.</param>
    /// <param name="elapsed">Time since the start.</param>
    /// <param name="left">The remaining time.</param>
    public static WorkProgress OfTime(string status, TimeSpan elapsed, TimeSpan left)
    {
        double rest = Math.Max(0, left.TotalSeconds);
        double all = elapsed.TotalSeconds + rest;
        return new(status, all > 0 ? elapsed.TotalSeconds / all : 1, TimeSpan.FromSeconds(rest));
    }
}
