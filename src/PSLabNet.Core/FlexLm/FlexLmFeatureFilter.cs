using System;

namespace PSLabNet.FlexLm;

/// <summary>The features and vendor daemons to query. The filter is applied before any request, so nothing else is requested.</summary>
public sealed record FlexLmFeatureFilter
{
    /// <summary>All features and vendor daemons.</summary>
    public static FlexLmFeatureFilter All { get; } = new();

    /// <summary>True for each feature to query; null for all.</summary>
    public Func<string, bool>? Feature { get; init; }

    /// <summary>True for each vendor daemon to query; null for all.</summary>
    public Func<string, bool>? Vendor { get; init; }

    internal bool WantsVendor(string name) => Vendor is null || Vendor(name);

    internal bool WantsFeature(string name) => Feature is null || Feature(name);
}
