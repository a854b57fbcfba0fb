namespace PSLabNet.FlexLm.Metrics;

/// <summary>Which labels and series metrics have; without any change, those of flexlm_exporter.</summary>
internal sealed record FlexLmMetricOptions
{
    /// <summary>What the label <c>app</c> says; null for the server as the caller named it.</summary>
    public string? App { get; init; }

    /// <summary>Whether users are named, each in a series of its own.</summary>
    public FlexLmMetricUsers Users { get; init; }

    /// <summary>What the series of a user say besides the name.</summary>
    public FlexLmMetricUserLabels UserLabels { get; init; }

    /// <summary>When the series of features have the label <c>vendor</c>.</summary>
    public FlexLmMetricVendors Vendors { get; init; }

    /// <summary>How a last day that is far away is written.</summary>
    public FlexLmMetricExpiry FarExpiry { get; init; }
}

/// <summary>Whether metrics name users.</summary>
public enum FlexLmMetricUsers
{
    /// <summary>A series for each user and start.</summary>
    Name,

    /// <summary>No series that names a user.</summary>
    Leave,
}

/// <summary>What the series of a user say besides the name.</summary>
internal enum FlexLmMetricUserLabels
{
    /// <summary>The start, as flexlm_exporter does.</summary>
    Since,

    /// <summary>The start, the host and the version that was checked out.</summary>
    SinceHostVersion,
}

/// <summary>When the series of features have the label <c>vendor</c>.</summary>
internal enum FlexLmMetricVendors
{
    /// <summary>Where several vendor daemons serve features of one name.</summary>
    WhereNamesCollide,

    /// <summary>Always.</summary>
    Always,
}

/// <summary>How a last day that is far away is written.</summary>
internal enum FlexLmMetricExpiry
{
    /// <summary>As the license says it.</summary>
    Day,

    /// <summary>As never.</summary>
    Never,
}
