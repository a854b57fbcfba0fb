using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>What the license lines say: licenses that have expired, will soon, or start later; licenses for other hosts.</summary>
internal sealed class LicenseFindings
{
    private readonly IReadOnlyList<FlexLmLicenseLine> lines;
    private readonly IGrouping<(string, string), FlexLmLicenseLine>[] features;
    private readonly HashSet<string> serverIds;
    private readonly DateTimeOffset now;

    public LicenseFindings(IReadOnlyList<FlexLmLicenseLine> all, DateTimeOffset now)
    {
        this.now = now;
        lines = [.. Supersede.RemoveFrom(all, CancellationToken.None).Where(line => line.Kind is FlexLmLineKind.Feature or FlexLmLineKind.Increment)];
        features = [.. lines.GroupBy(line => (line.Feature.ToUpperInvariant(), line.Vendor.ToUpperInvariant()))];
        serverIds = new HashSet<string>(all.Where(line => line.Kind == FlexLmLineKind.Server).Select(line => line.HostId), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Features of which licenses have expired, or expire soon.</summary>
    public StepFinding Expiry(int days)
    {
        if (lines.Count == 0)
        {
            return StepFinding.Skipped("No license line is known.");
        }

        string[] expired = [.. features.Where(feature => feature.All(line => line.DaysLeft < 0)).Select(feature => $"{Name(feature)} ({Day(feature.Max(line => line.Expires))})")];
        string[] partly = [.. features.Where(feature => feature.Any(line => line.DaysLeft < 0) && !feature.All(line => line.DaysLeft < 0)).Select(Name)];
        string[] soon =
        [
            .. features.Select(feature => (Key: Name(feature), First: feature.Where(line => line.DaysLeft >= 0 && line.DaysLeft <= days).Min(line => line.Expires)))
                .Where(feature => feature.First is not null).Select(feature => $"{feature.Key} ({Day(feature.First)})"),
        ];
        var parts = new List<string>();
        AddPart(parts, "Expired", expired);
        AddPart(parts, "Some licenses expired", partly);
        AddPart(parts, FormattableString.Invariant($"Expiring within {days} days"), soon);
        return parts.Count == 0
            ? StepFinding.Passed(FormattableString.Invariant($"No license has expired or expires within {days} days."))
            : new(expired.Length > 0 ? FlexLmStepState.Failed : FlexLmStepState.Warning, string.Join(" ", parts),
                "Ask the publisher for new licenses, or remove the lines of those that are no longer needed.");
    }

    /// <summary>Features whose licenses start later.</summary>
    public StepFinding Start()
    {
        if (lines.Count == 0)
        {
            return StepFinding.Skipped("No license line is known.");
        }

        string[] later =
        [
            .. features.Where(feature => feature.Any(line => line.Starts > now))
                .Select(feature => $"{Name(feature)} ({Day(feature.Where(line => line.Starts > now).Min(line => line.Starts))})"),
        ];
        return later.Length == 0
            ? StepFinding.Passed("No license starts later than today.")
            : new(FlexLmStepState.Warning, $"Licenses that are not valid yet: {NamedList.Join(later)}.", "Wait for the day, or check the date of the server.");
    }

    /// <summary>Counted features whose lines have another host id than the server: only hosts with that id can use them.</summary>
    public StepFinding HostId()
    {
        string[] others =
        [
            .. lines.Where(line => !line.IsUncounted && line.HostId.Length > 0 && !IsAny(line.HostId) && !serverIds.Contains(line.HostId))
                .Select(line => $"{line.Feature} ({line.HostId})").Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        string server = string.Join(", ", serverIds.Where(id => id.Length > 0));
        return lines.Count == 0 ? StepFinding.Skipped("No license line is known.")
            : others.Length == 0 ? StepFinding.Passed($"No counted license is tied to another host id than the server's ({(server.Length == 0 ? "none" : server)}).")
            : new(FlexLmStepState.Warning, $"Tied to another host id than the server's ({(server.Length == 0 ? "none" : server)}): {NamedList.Join(others)}. Only a host with that id can use them.",
                "If the id is that of an old server, ask the publisher for a license for this one.");
    }

    /// <summary>Features that a daemon should serve: with counted licenses that are valid today.</summary>
    public IEnumerable<string> Valid() => features
        .Where(feature => feature.Any(line => !line.IsUncounted && !(line.DaysLeft < 0) && !(line.Starts > now))).Select(Name);

    private static string Name(IEnumerable<FlexLmLicenseLine> feature) => feature.First().Feature;

    private static bool IsAny(string hostId) =>
        string.Equals(hostId, "ANY", StringComparison.OrdinalIgnoreCase) || string.Equals(hostId, "DEMO", StringComparison.OrdinalIgnoreCase);

    private static string Day(DateTimeOffset? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "never";

    private static void AddPart(List<string> parts, string what, string[] names)
    {
        if (names.Length > 0)
        {
            parts.Add($"{what}: {NamedList.Join(names)}.");
        }
    }
}
