using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.FlexLm.Usage.Sampled;

/// <summary>Numbers of a feature at one time, in UTC ticks.</summary>
internal readonly struct Observation
{
    public long At { get; init; }

    /// <summary>Null if the number was unknown: the server was down, or did not answer.</summary>
    public int? InUse { get; init; }

    public int? Reserved { get; init; }

    public int? Queued { get; init; }

    public int? Issued { get; init; }

    /// <summary>Who held how many; null if that is not known.</summary>
    public IReadOnlyDictionary<int, int>? Parties { get; init; }

    public UsageLevel Level => new(InUse ?? 0, Sum(InUse ?? 0, Queued ?? 0), Reserved ?? 0, Issued);

    /// <summary>The numbers of two pools at the same time. What one does not know is unknown, but for what few sources tell.</summary>
    public Observation Plus(Observation other) => new()
    {
        At = At,
        InUse = Sum(InUse, other.InUse),
        Reserved = Sum(Reserved ?? 0, other.Reserved ?? 0),
        Queued = Queued is null && other.Queued is null ? null : Sum(Queued ?? 0, other.Queued ?? 0),
        Issued = Sum(Issued, other.Issued),
        Parties = Parties is null || other.Parties is null
            ? null
            : Parties.Concat(other.Parties).GroupBy(entry => entry.Key).ToDictionary(entry => entry.Key, entry => entry.Aggregate(0, (sum, one) => Sum(sum, one.Value))),
    };

    private static int? Sum(int? one, int? other) => one is { } first && other is { } second ? Sum(first, second) : null;

    // A file may contain any number.
    private static int Sum(int one, int other) => (int)System.Math.Min(int.MaxValue, (long)one + other);
}
