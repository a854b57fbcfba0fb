using System.Collections.Generic;

namespace PSLabNet.Lab.Plots;

/// <summary>One curve in a frame. Both coordinates are fractions of the frame, from 0 at its left and bottom to 1.</summary>
/// <param name="Title">The subject of the curve.</param>
/// <param name="Note">The scale, in words.</param>
/// <param name="From">The value at the left end.</param>
/// <param name="To">The value at the right end.</param>
/// <param name="Points">The curve.</param>
public sealed record Panel(string Title, string Note, string From, string To, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Height of the left and the right end of a dashed line for comparison; null for none.</summary>
    public (double Left, double Right)? Guide { get; init; }

    /// <summary>Whether each point has a dot.</summary>
    public bool HasDots { get; init; }
}
