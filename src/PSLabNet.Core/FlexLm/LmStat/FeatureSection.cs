using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>The form of the line "Users of".</summary>
internal enum FeatureHeader
{
    /// <summary>Numbers of licenses issued and in use.</summary>
    Counted,

    /// <summary>"(Uncounted, node-locked)".</summary>
    Uncounted,

    /// <summary>An error instead of numbers.</summary>
    Error,

    /// <summary>There is only a row in the table of <c>-i</c>.</summary>
    Table,
}

/// <summary>The data of one feature in a report.</summary>
internal sealed class FeatureSection
{
    public FeatureSection(string name, FeatureHeader header, ServerBlock? server)
    {
        Name = name;
        Header = header;
        Server = server;
    }

    public string Name { get; }

    public FeatureHeader Header { get; }

    public ServerBlock? Server { get; }

    public int? Issued { get; set; }

    public int? ReportedInUse { get; set; }

    public FlexLmError? Error { get; set; }

    /// <summary>Name of the vendor daemon in the report; empty if the report contains none for this feature.</summary>
    public string Vendor { get; set; } = string.Empty;

    /// <summary>Name of the vendor daemon, even if it is only known because the server has a single one.</summary>
    public string ShownVendor => Vendor.Length > 0 ? Vendor : Server?.OnlyVendor ?? string.Empty;

    public List<PoolSection> Pools { get; } = [];

    /// <summary>The pool that lines belong to now; an unnamed one if the report has no pool line yet.</summary>
    public PoolSection Current
    {
        get
        {
            if (Pools.Count == 0)
            {
                Pools.Add(new PoolSection());
            }

            return Pools[Pools.Count - 1];
        }
    }

    /// <summary>Number of lines that were understood only in part.</summary>
    public int LinesInPart { get; set; }
}

/// <summary>The data of one pool of a feature in a report.</summary>
internal sealed class PoolSection
{
    /// <summary>True if the report has a line for it.</summary>
    public bool IsNamed { get; init; }

    public string Name { get; init; } = string.Empty;

    public string Version { get; init; } = string.Empty;

    public DateTimeOffset? Expires { get; set; }

    public PoolExpiry Expiry { get; set; }

    public FlexLmLicenseType Type { get; set; }

    public string HostId { get; set; } = string.Empty;

    /// <summary>Known only from the table of <c>-i</c>.</summary>
    public int? Issued { get; init; }

    public List<FlexLmCheckout> Checkouts { get; } = [];

    public List<FlexLmCheckout> Reservations { get; } = [];

    public long InUse { get; set; }

    public long Reserved { get; set; }

    public long Queued { get; set; }
}

/// <summary>Whether the last day of a pool is known.</summary>
internal enum PoolExpiry
{
    Unknown,
    Never,
    Day,
}
