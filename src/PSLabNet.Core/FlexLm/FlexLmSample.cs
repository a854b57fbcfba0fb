using System;
using System.Globalization;

namespace PSLabNet.FlexLm;

/// <summary>What was known of a feature of a license server at one time. Unknown numbers are null.</summary>
public sealed class FlexLmSample
{
    internal FlexLmSample()
    {
    }

    /// <summary>Takes the numbers of a feature.</summary>
    internal FlexLmSample(FlexLmFeature feature)
    {
        Time = feature.CheckedAt;
        Server = feature.Server;
        Vendor = feature.Vendor;
        Feature = feature.Name;
        Version = feature.Version;
        Issued = feature.Issued;
        InUse = feature.InUse;
        Reserved = feature.Reserved;
        Queued = feature.Queued;
    }

    /// <summary>When the server was asked.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>The server, as the caller named it.</summary>
    public string Server { get; internal init; } = string.Empty;

    /// <summary>Name of the vendor daemon.</summary>
    public string Vendor { get; internal init; } = string.Empty;

    /// <summary>Name of the feature.</summary>
    public string Feature { get; internal init; } = string.Empty;

    /// <summary>Version; the highest if the feature has several.</summary>
    public string Version { get; internal init; } = string.Empty;

    /// <summary>Licenses issued; null if they are not counted, or if the number is unknown.</summary>
    public int? Issued { get; internal init; }

    /// <summary>Licenses held by checkouts; null if unknown.</summary>
    public int? InUse { get; internal init; }

    /// <summary>Reserved licenses that nobody uses; null if unknown.</summary>
    public int? Reserved { get; internal init; }

    /// <summary>Number of licenses that users wait for; null if unknown.</summary>
    public int? Queued { get; internal init; }

    /// <summary>The sample in one line.</summary>
    /// <returns>For example <c>2026-11-27 10:00:00 +01:00 MATLAB: 3 of 10 in use</c>.</returns>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0:yyyy-MM-dd HH:mm:ss zzz} {1}: {2} of {3} in use",
        Time,
        Feature,
        InUse?.ToString(CultureInfo.InvariantCulture) ?? "?",
        Issued?.ToString(CultureInfo.InvariantCulture) ?? "?");
}
