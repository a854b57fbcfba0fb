using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Query.Status;

namespace PSLabNet.FlexLm.Query.Features;

/// <summary>A feature, while its pools are being asked for.</summary>
internal sealed class PendingFeature
{
    public PendingFeature(string name) => Name = name;

    public string Name { get; }

    public List<PendingPool> Pools { get; } = [];

    /// <summary>Number of its pools that are known as far as they will be.</summary>
    public int DoneCount { get; set; }
}

/// <summary>A pool, while it is being asked for: with the signature of its first line, then, if that is refused, with others.</summary>
internal sealed class PendingPool
{
    private readonly Queue<string> signatures;

    public PendingPool(LicensePool lines, PendingFeature feature)
    {
        Lines = lines;
        Feature = feature;
        signatures = new Queue<string>(HasSendableName ? lines.Signatures() : []);
    }

    public LicensePool Lines { get; private set; }

    public PendingFeature Feature { get; }

    public PendingStatus? LastStatus { get; private set; }

    public FlexLmError? Error { get; set; }

    public bool IsDone { get; set; }

    /// <summary>False if the name is longer than what a request can carry.</summary>
    public bool HasSendableName => Lines.Name.Length <= QueryLimits.LongestName;

    public bool CanAsk => signatures.Count > 0;

    public PendingStatus NextStatus() => LastStatus = new PendingStatus(Lines.Name, signatures.Dequeue(), Lines.Quantity);

    public void Join(IEnumerable<PendingPool> others) => Lines = Lines.JoinedWith([.. others.Select(other => other.Lines)]);
}

/// <summary>
/// Joins pools that the server's answers show to be one. Whether lines with different VENDOR_STRING share a pool is
/// the publisher's choice (License Administration Guide, "FEATURE and INCREMENT Lines"), which no client can see: but if
/// each of them is answered with the total of all, and the same users, they are counted together.
/// </summary>
internal static class SamePools
{
    public static IEnumerable<PendingPool> Merge(IReadOnlyList<PendingPool> pools)
    {
        if (pools.Count < 2)
        {
            return pools;
        }

        return pools.GroupBy(pool => pool.Lines.Key.WithoutVendorString)
            .SelectMany(group => IsOne([.. group]) ? [Join([.. group])] : group.AsEnumerable());
    }

    private static bool IsOne(PendingPool[] pools)
    {
        long sum = pools.Sum(pool => pool.Lines.Quantity);
        PendingStatus? first = pools[0].LastStatus;
        return pools.Length > 1
            && Array.TrueForAll(pools, pool => pool.LastStatus?.Status is { } status
                && status.Total == sum && pool.Lines.Quantity < sum
                && status.InUse == first!.Status!.InUse
                && pool.LastStatus.Usages.SequenceEqual(first.Usages));
    }

    private static PendingPool Join(PendingPool[] pools)
    {
        pools[0].Join(pools.Skip(1));
        return pools[0];
    }
}
