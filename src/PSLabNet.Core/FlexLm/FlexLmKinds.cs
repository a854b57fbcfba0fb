namespace PSLabNet.FlexLm;

/// <summary>State of a license server or a vendor daemon.</summary>
public enum FlexLmState
{
    /// <summary>It does not answer. For a redundant triad: fewer than two nodes answer.</summary>
    Down,

    /// <summary>It answers, but a vendor daemon or a node of its triad does not.</summary>
    Degraded,

    /// <summary>It answers.</summary>
    Up,
}

/// <summary>Generation of the wire protocol.</summary>
public enum FlexLmGeneration
{
    /// <summary>Unknown, because nothing answered.</summary>
    Unknown,

    /// <summary>Before version 11.10: messages of 147 bytes.</summary>
    Old,

    /// <summary>Version 11.10 and later: frames.</summary>
    New,
}

/// <summary>The kind of an entry in the list of a feature's users.</summary>
public enum FlexLmCheckoutKind
{
    /// <summary>A user holds licenses.</summary>
    Checkout,

    /// <summary>Licenses are reserved for a group or another party.</summary>
    Reservation,

    /// <summary>A user waits for licenses.</summary>
    Queued,
}

/// <summary>How a license is bound to hosts.</summary>
public enum FlexLmLicenseType
{
    /// <summary>Unknown, because there is no license line.</summary>
    Unknown,

    /// <summary>Counted, for any host.</summary>
    Floating,

    /// <summary>Counted, for the hosts of a host id.</summary>
    NodeLocked,

    /// <summary>Not counted, for any host.</summary>
    Uncounted,

    /// <summary>Not counted, for the hosts of a host id.</summary>
    UncountedNodeLocked,

    /// <summary>Pools of different types.</summary>
    Mixed,
}

/// <summary>Keywords of license files.</summary>
public enum FlexLmLineKind
{
    /// <summary>SERVER: the host of a license server.</summary>
    Server,

    /// <summary>VENDOR or DAEMON: a vendor daemon.</summary>
    Vendor,

    /// <summary>USE_SERVER: clients query the server and read no further.</summary>
    UseServer,

    /// <summary>FEATURE.</summary>
    Feature,

    /// <summary>INCREMENT.</summary>
    Increment,

    /// <summary>UPGRADE: turns licenses of an older version into licenses of a newer one.</summary>
    Upgrade,

    /// <summary>PACKAGE: several features under one name.</summary>
    Package,
}
