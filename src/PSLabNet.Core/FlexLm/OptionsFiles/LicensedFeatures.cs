using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>The features of a license file, as options name them: features, packages, and components of packages.</summary>
internal sealed class LicensedFeatures
{
    private readonly ILookup<string, FlexLmLicenseLine> lines;
    private readonly ILookup<string, string> components;

    public LicensedFeatures(IEnumerable<FlexLmLicenseLine> licenses)
    {
        FlexLmLicenseLine[] all = [.. licenses];
        lines = all
            .Where(line => line.Kind is FlexLmLineKind.Feature or FlexLmLineKind.Increment or FlexLmLineKind.Upgrade or FlexLmLineKind.Package)
            .ToLookup(line => line.Feature, StringComparer.OrdinalIgnoreCase);
        components = all
            .Where(line => line.Kind == FlexLmLineKind.Package)
            .SelectMany(ComponentsOf)
            .ToLookup(name => name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether a line, or a component of a package, has the name, in any case.</summary>
    public bool Contains(string feature) => lines.Contains(feature) || components.Contains(feature);

    /// <summary>The name as the license file writes it; null if it does not have it.</summary>
    public string? SpellingOf(string feature) =>
        lines[feature].FirstOrDefault()?.Feature ?? components[feature].FirstOrDefault();

    /// <summary>The license lines that an option is for: those of its feature that its modifier selects.</summary>
    public IReadOnlyList<FlexLmLicenseLine> LinesFor(FlexLmOption option) =>
        [.. lines[option.Feature].Where(line => line.Kind != FlexLmLineKind.Package && Matches(line, option.Modifier))];

    /// <summary>The licenses issued for what an option is for; null if that is not known or not counted.</summary>
    public int? IssuedFor(FlexLmOption option)
    {
        IReadOnlyList<FlexLmLicenseLine> selected = LinesFor(option);
        return selected.Count == 0 || selected.Any(line => line.Quantity is null) ? null : selected.Sum(line => line.Quantity);
    }

    private static bool Matches(FlexLmLicenseLine line, string modifier)
    {
        int equals = modifier.IndexOf('=');
        if (equals < 0)
        {
            return true;
        }

        string keyword = modifier.Substring(0, equals);
        string value = modifier.Substring(equals + 1);
        return Is(keyword, "VERSION") ? Is(line.Version, value)
            : Is(keyword, "HOSTID") ? Is(line.HostId, value)
            : Is(keyword, "KEY") || Is(keyword, "SIGN") ? Is(line.Key, value) || Is(line.Signature, value)
            // An expiry is written in several ways; only the vendor daemon knows which of them it takes.
            : Is(keyword, "EXPDATE") || (line.Attributes[keyword] is { } found && Is(found, value));
    }

    // COMPONENTS="f1 f2:2.0 f3:1.0:5": the name ends at the colon.
    private static IEnumerable<string> ComponentsOf(FlexLmLicenseLine package) =>
        from word in (package.Attributes["COMPONENTS"] ?? string.Empty).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
        select word.Split(':')[0];

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
