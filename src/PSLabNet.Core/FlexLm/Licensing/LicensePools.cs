using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PSLabNet.FlexLm.Licensing;

/// <summary>
/// Finds the pools that the lines of one vendor make up, as the vendor daemon does
/// (License Administration Guide, "FEATURE and INCREMENT Lines", "UPGRADE Lines", "PACKAGE Lines").
/// </summary>
internal sealed class LicensePools
{
    private readonly Dictionary<string, LicensePool> byKey = new(StringComparer.Ordinal);
    private readonly HashSet<string> featureLines = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<LicensePool> pools = [];
    private readonly Dictionary<string, List<LicensePool>> byName = new(StringComparer.OrdinalIgnoreCase);

    private LicensePools()
    {
    }

    /// <summary>The pools, in the order of their first lines.</summary>
    public static IReadOnlyList<LicensePool> Of(IReadOnlyList<FlexLmLicenseLine> lines)
    {
        var result = new LicensePools();
        IReadOnlyList<FlexLmLicenseLine> live = Supersede.RemoveFrom(lines);
        foreach (FlexLmLicenseLine line in live)
        {
            switch (line.Kind)
            {
                case FlexLmLineKind.Feature:
                    result.AddFeature(line);
                    break;
                case FlexLmLineKind.Increment:
                    result.AddIncrement(line);
                    break;
                case FlexLmLineKind.Upgrade:
                    result.AddUpgrade(line);
                    break;
                default:
                    break;
            }
        }

        foreach (FlexLmLicenseLine line in live)
        {
            if (line.Kind == FlexLmLineKind.Package)
            {
                result.AddComponents(line);
            }
        }

        return result.pools;
    }

    // "Only the first FEATURE line for a given feature name is processed by the vendor daemon", and
    // "a FEATURE line does not give an additional number of licenses, whereas an INCREMENT line always" does.
    private void AddFeature(FlexLmLicenseLine line)
    {
        if (featureLines.Add(line.Feature) && !byKey.ContainsKey(PoolKey.Of(line, line.Feature, line.Version)))
        {
            AddLine(line, line.Feature, line.Version, line.Quantity ?? 0);
        }
    }

    private void AddIncrement(FlexLmLicenseLine line) => AddLine(line, line.Feature, line.Version, line.Quantity ?? 0);

    // "Removes up to the number of licenses specified from any old version (>= from_feat_version) and creates a new
    // version with that same number of licenses"; it "operates on the closest preceding FEATURE or INCREMENT line
    // with a version number that is >= from_feat_version, and < to_feat_version."
    private void AddUpgrade(FlexLmLicenseLine line)
    {
        int wanted = line.Quantity ?? 0;
        List<LicensePool> named = Named(line.Feature);
        for (int index = named.Count - 1; index >= 0; index--)
        {
            LicensePool pool = named[index];
            if (!pool.IsUncounted && pool.Quantity > 0 && IsBetween(pool.Version, line.FromVersion, line.Version))
            {
                int moved = (int)Math.Min(wanted, pool.Quantity);
                pool.Quantity -= moved;
                AddLine(line, line.Feature, line.Version, moved);
                return;
            }
        }
    }

    // "A PACKAGE line, by itself, does not license anything - it requires a matching feature definition line": the
    // components take version and number from it where feature[:version[:num_lic]] leaves them out.
    private void AddComponents(FlexLmLicenseLine package)
    {
        string wanted = PoolKey.NormalVersion(package.Version);
        if (Named(package.Feature).FirstOrDefault(pool => package.Version.Length == 0 || PoolKey.NormalVersion(pool.Version) == wanted)
            is not { } enabling)
        {
            return;
        }

        foreach (string component in (package.Attributes["COMPONENTS"] ?? string.Empty)
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = component.Split(':');
            string version = parts.Length > 1 && parts[1].Length > 0 ? parts[1] : enabling.Version;
            long quantity = parts.Length > 2 && int.TryParse(parts[2], NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : enabling.Quantity;
            AddLine(enabling.Lines[0], parts[0], version, quantity);
        }
    }

    private List<LicensePool> Named(string feature) => byName.TryGetValue(feature, out List<LicensePool>? named) ? named : [];

    private void AddLine(FlexLmLicenseLine line, string name, string version, long quantity)
    {
        string key = PoolKey.Of(line, name, version);
        if (byKey.TryGetValue(key, out LicensePool? pool))
        {
            pool.Add(line);
        }
        else
        {
            pool = new LicensePool(line, name, version);
            byKey.Add(key, pool);
            pools.Add(pool);
            if (!byName.TryGetValue(name, out List<LicensePool>? named))
            {
                byName.Add(name, named = []);
            }

            named.Add(pool);
        }

        pool.Quantity += quantity;
    }

    private static bool IsBetween(string version, string from, string to) =>
        PoolKey.TryVersion(version, out decimal number) && PoolKey.TryVersion(from, out decimal low)
            && PoolKey.TryVersion(to, out decimal high) && number >= low && number < high;
}
