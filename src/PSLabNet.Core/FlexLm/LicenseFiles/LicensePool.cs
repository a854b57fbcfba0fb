using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>Lines that a vendor daemon counts together, with the licenses that they make up.</summary>
internal sealed class LicensePool
{
    private readonly List<FlexLmLicenseLine> lines = [];
    private readonly List<SignatureCandidates> candidates = [];

    public LicensePool(FlexLmLicenseLine first, SignatureCandidates signatures, string name, string version, PoolKey key)
    {
        Name = name;
        Version = version;
        Key = key;
        HostId = first.HostId;
        IsUncounted = first.IsUncounted;
        Add(first, signatures);
    }

    public string Name { get; }

    public string Version { get; }

    public PoolKey Key { get; }

    public string HostId { get; }

    public bool IsUncounted { get; }

    /// <summary>Licenses by the lines; 0 if uncounted.</summary>
    public long Quantity { get; set; }

    public IReadOnlyList<FlexLmLicenseLine> Lines => lines;

    /// <summary>Signatures of the first line, for a package's components, which have no line of their own.</summary>
    public SignatureCandidates FirstSignatures => candidates[0];

    public FlexLmLicenseType Type => (IsUncounted, HostId.Length > 0 && !IsAny(HostId)) switch
    {
        (false, false) => FlexLmLicenseType.Floating,
        (false, true) => FlexLmLicenseType.NodeLocked,
        (true, false) => FlexLmLicenseType.Uncounted,
        (true, true) => FlexLmLicenseType.UncountedNodeLocked,
    };

    public void Add(FlexLmLicenseLine line, SignatureCandidates signatures)
    {
        // A package may name a component several times, and a hostile one may do so a million times.
        if (lines.Count > 0 && lines[lines.Count - 1] == line)
        {
            return;
        }

        lines.Add(line);
        candidates.Add(signatures);
    }

    public LicensePool JoinedWith(IReadOnlyCollection<LicensePool> others)
    {
        var joined = new LicensePool(lines[0], candidates[0], Name, Version, Key) { Quantity = Quantity + others.Sum(other => other.Quantity) };
        joined.lines.AddRange(lines.Skip(1));
        joined.candidates.AddRange(candidates.Skip(1));
        foreach (LicensePool other in others)
        {
            joined.lines.AddRange(other.lines);
            joined.candidates.AddRange(other.candidates);
        }

        return joined;
    }

    /// <summary>The nearest last day that is not past; if all are past the latest; null for never.</summary>
    public DateTimeOffset? ExpiresAsOf(DateTimeOffset now)
    {
        DateTime today = now.LocalDateTime.Date;
        DateTimeOffset? nearest = null;
        DateTimeOffset? latestPast = null;
        bool isLive = false;
        foreach (FlexLmLicenseLine line in lines)
        {
            if (line.Expires is not { } expires)
            {
                isLive = true;
            }
            else if (expires.LocalDateTime.Date >= today)
            {
                isLive = true;
                nearest = nearest is { } other && other <= expires ? other : expires;
            }
            else
            {
                latestPast = latestPast is { } other && other >= expires ? other : expires;
            }
        }

        return isLive ? nearest : latestPast;
    }

    /// <summary>Signatures to ask with, those of the first line first, no more than are worth a try.</summary>
    public IReadOnlyList<string> Signatures()
    {
        const int Most = 8;
        if (candidates.Count == 1)
        {
            return candidates[0].All;
        }

        var result = new List<string>();
        for (int line = 0; line < candidates.Count && result.Count < Most; line++)
        {
            result.AddRange(candidates[line].All.Where(signature => !result.Contains(signature)).Take(Most - result.Count));
        }

        return result;
    }

    private static bool IsAny(string hostId) =>
        string.Equals(hostId, "ANY", StringComparison.OrdinalIgnoreCase) || string.Equals(hostId, "DEMO", StringComparison.OrdinalIgnoreCase);
}
