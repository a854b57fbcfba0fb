namespace PSLabNet.FlexLm.Metrics;

/// <summary>The labels and series of the metrics. The defaults are those of flexlm_exporter.</summary>
internal sealed record FlexLmMetricOptions
{
    /// <summary>Value of the label <c>app</c>; null for the server as the caller named it.</summary>
    public string? App { get; init; }

    /// <summary>Whether users are named, each in a separate series.</summary>
    public FlexLmMetricUsers Users { get; init; }

    /// <summary>The labels of a user's series in addition to the name.</summary>
    public FlexLmMetricUserLabels UserLabels { get; init; }

    /// <summary>When the series of features have the label <c>vendor</c>.</summary>
    public FlexLmMetricVendors Vendors { get; init; }

    /// <summary>How a last day in the far future is written.</summary>
    public FlexLmMetricExpiry FarExpiry { get; init; }
}

/// <summary>Whether metrics name users.</summary>
public enum FlexLmMetricUsers
{
    /// <summary>One series for each user and start.</summary>
    Name,

    /// <summary>No series names a user.</summary>
    Leave,
}

/// <summary>The labels of a user's series in addition to the name.</summary>
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
    /// <summary>If several vendor daemons serve features with the same name.</summary>
    WhereNamesCollide,

    /// <summary>Always.</summary>
    Always,
}

/// <summary>How a last day in the far future is written.</summary>
internal enum FlexLmMetricExpiry
{
    /// <summary>As in the license.</summary>
    Day,

    /// <summary>As never.</summary>
    Never,
}
