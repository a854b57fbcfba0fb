using System;

namespace PSLabNet.FlexLm;

/// <summary>What is wanted of a server. Applied before anything is asked, so that nothing else is.</summary>
public sealed record FlexLmFeatureFilter
{
    /// <summary>Everything.</summary>
    public static FlexLmFeatureFilter All { get; } = new();

    /// <summary>True for the features that are wanted; null for all.</summary>
    public Func<string, bool>? Feature { get; init; }

    /// <summary>True for the vendor daemons that are wanted; null for all.</summary>
    public Func<string, bool>? Vendor { get; init; }

    internal bool WantsVendor(string name) => Vendor is null || Vendor(name);

    internal bool WantsFeature(string name) => Feature is null || Feature(name);
}
