using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>What the line "Users of" says of the number of licenses.</summary>
internal enum FeatureHeader
{
    /// <summary>Numbers issued and in use.</summary>
    Counted,

    /// <summary>"(Uncounted, node-locked)".</summary>
    Uncounted,

    /// <summary>An error in place of numbers.</summary>
    Error,

    /// <summary>There is only a row of the table of <c>-i</c>.</summary>
    Table,
}

/// <summary>What a report says of one feature.</summary>
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

    /// <summary>Name of the vendor daemon that the report gives for this feature; empty if it gives none.</summary>
    public string Vendor { get; set; } = string.Empty;

    /// <summary>Name of the vendor daemon, also where it follows from the server's having only one.</summary>
    public string ShownVendor => Vendor.Length > 0 ? Vendor : Server?.OnlyVendor ?? string.Empty;

    public List<PoolSection> Pools { get; } = [];

    /// <summary>The pool that lines belong to now; one without a line of its own if none was named.</summary>
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

/// <summary>What a report says of one pool of a feature.</summary>
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

    /// <summary>Known from the table of <c>-i</c> only.</summary>
    public int? Issued { get; init; }

    public List<FlexLmCheckout> Checkouts { get; } = [];

    public List<FlexLmCheckout> Reservations { get; } = [];

    public long InUse { get; set; }

    public long Reserved { get; set; }

    public long Queued { get; set; }
}

/// <summary>What is known of the last day of a pool.</summary>
internal enum PoolExpiry
{
    Unknown,
    Never,
    Day,
}
