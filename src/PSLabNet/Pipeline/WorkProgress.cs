using System;

namespace PSLabNet.Pipeline;

/// <summary>How far work is.</summary>
/// <param name="Status">In words.</param>
/// <param name="Done">The part that is done, 0 to 1.</param>
/// <param name="Left">How long it will take on; null where nobody can tell.</param>
internal sealed record WorkProgress(string Status, double Done, TimeSpan? Left)
{
    /// <summary>Work of equal parts: what is left takes as long for each part as what is done took.</summary>
    /// <param name="status">In words.</param>
    /// <param name="done">Parts that are done.</param>
    /// <param name="total">All parts.</param>
    /// <param name="elapsed">How long they took.</param>
    public static WorkProgress OfParts(string status, double done, double total, TimeSpan elapsed) =>
        new(status, total > 0 ? done / total : 1, done > 0 ? TimeSpan.FromTicks((long)(elapsed.Ticks / done * Math.Max(0, total - done))) : null);

    /// <summary>Work that ends at a known time.</summary>
    /// <param name="status">In words.</param>
    /// <param name="elapsed">How long it has taken.</param>
    /// <param name="left">How long it takes on.</param>
    public static WorkProgress OfTime(string status, TimeSpan elapsed, TimeSpan left)
    {
        double rest = Math.Max(0, left.TotalSeconds);
        double all = elapsed.TotalSeconds + rest;
        return new(status, all > 0 ? elapsed.TotalSeconds / all : 1, TimeSpan.FromSeconds(rest));
    }
}
