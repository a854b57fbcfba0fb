using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PSLabNet.FlexLm;

namespace PSLabNet.Tests.LmStat;

/// <summary>Snapshots as JSON without empty values, so people can read the expected files.</summary>
internal static class SnapshotJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Of(IEnumerable<FlexLmSnapshot> snapshots) => JsonSerializer.Serialize(snapshots.Select(Snapshot), Options) + "\n";

    private static object Snapshot(FlexLmSnapshot snapshot) => new
    {
        ReportedAt = snapshot.ReportedAt?.ToString("s", CultureInfo.InvariantCulture),
        snapshot.IsComplete,
        Warnings = Any(snapshot.Warnings),
        Unparsed = Any(snapshot.Unparsed.Select(line => line.ToString())),
        Servers = Any(snapshot.Servers.Select(Server)),
        Features = Any(snapshot.Features.Select(Feature)),
    };

    private static object Server(FlexLmServerStatus server) => new
    {
        server.Server,
        Host = $"{server.HostName}:{server.Port}",
        Status = server.Status.ToString(),
        Version = Some(server.Version),
        IsMaster = server.IsMaster ? true : (bool?)null,
        LicenseFile = Some(server.LicenseFile),
        Error = server.Error?.ToString(),
        ErrorName = Some(server.Error?.Name),
        Nodes = Any(server.Nodes.Select(Server)),
        Vendors = Any(server.Vendors.Select(vendor => $"{vendor.Name} on {vendor.HostName}: {vendor.Status} {vendor.Version} {vendor.Error}".TrimEnd())),
    };

    private static object Feature(FlexLmFeature feature) => new
    {
        feature.Name,
        Vendor = Some(feature.Vendor),
        Server = Some(feature.Server),
        Version = Some(feature.Version),
        feature.Issued,
        feature.ReportedInUse,
        feature.InUse,
        feature.Reserved,
        feature.Available,
        feature.Queued,
        Expires = feature.Expires?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        feature.DaysLeft,
        Type = feature.LicenseType.ToString(),
        feature.IsComplete,
        Warnings = Any(feature.Warnings),
        Error = feature.Error?.ToString(),
        Pools = Any(feature.Pools.Select(Pool)),
        Checkouts = Any(feature.Checkouts.Select(Checkout)),
        Reservations = Any(feature.Reservations.Select(Checkout)),
    };

    private static string Pool(FlexLmPool pool) =>
        FormattableString.Invariant($"{pool.Name} v{pool.Version} {pool.LicenseType} host={pool.HostId} issued={pool.Issued} reported={pool.ReportedInUse} inuse={pool.InUse} reserved={pool.Reserved} expires={pool.Expires:yyyy-MM-dd} left={pool.DaysLeft}");

    private static string Checkout(FlexLmCheckout entry) =>
        FormattableString.Invariant($"{entry.Kind} user={entry.User}|host={entry.HostName}|display={entry.Display}|v{entry.Version} x{entry.Count} #{entry.Handle} pid={entry.ProcessId} since={entry.Since:s} for={entry.Duration}");

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static T[]? Any<T>(IEnumerable<T> items)
    {
        T[] all = [.. items];
        return all.Length == 0 ? null : all;
    }
}
