using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using PSLabNet.FlexLm.Fields;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>
/// Finds the pools that the lines of one vendor make up, as the vendor daemon does
/// (License Administration Guide, "FEATURE and INCREMENT Lines", "UPGRADE Lines", "PACKAGE Lines").
/// </summary>
internal sealed class LicensePools
{
    // An UPGRADE line looks back at no more pools of its feature than this. Nobody's license file has so many; without a
    // limit, one with as many versions as lines would take hours.
    private const int UpgradeReach = 1024;

    private readonly PoolKeys keys = new();
    private readonly Dictionary<PoolKey, LicensePool> byKey = [];
    private readonly HashSet<string> featureLines = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<LicensePool> pools = [];
    private readonly Dictionary<string, List<LicensePool>> byName = new(StringComparer.OrdinalIgnoreCase);

    // The first pool of a name, in upper case, and a version.
    private readonly Dictionary<(string Name, PoolVersion Version), LicensePool> byVersion = [];

    private readonly CountBudget budget;
    private readonly CancellationToken stop;

    private LicensePools(CountBudget budget, CancellationToken stop)
    {
        this.budget = budget;
        this.stop = stop;
    }

    /// <summary>The pools, in the order of their first lines.</summary>
    public IReadOnlyList<LicensePool> All => pools;

    /// <summary>Lines and components for which there would be a pool more than the budget allows.</summary>
    public int LeftOutCount { get; private set; }

    /// <summary>The pools, in the order of their first lines.</summary>
    public static IReadOnlyList<LicensePool> Of(IReadOnlyList<FlexLmLicenseLine> lines) =>
        Find(lines, CountBudget.Unlimited, CancellationToken.None).All;

    /// <summary>Finds the pools of lines from a server, which may list far too much.</summary>
    /// <param name="lines">The lines of one vendor.</param>
    /// <param name="budget">The pools that may be made.</param>
    /// <param name="stop">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LicensePools Find(IReadOnlyList<FlexLmLicenseLine> lines, CountBudget budget, CancellationToken stop)
    {
        var result = new LicensePools(budget, stop);
        IReadOnlyList<FlexLmLicenseLine> live = Supersede.RemoveFrom(lines, stop);
        foreach (FlexLmLicenseLine line in live)
        {
            stop.ThrowIfCancellationRequested();
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

        return result;
    }

    // "Only the first FEATURE line for a given feature name is processed by the vendor daemon", and
    // "a FEATURE line does not give an additional number of licenses, whereas an INCREMENT line always" does.
    private void AddFeature(FlexLmLicenseLine line)
    {
        if (featureLines.Add(line.Feature) && !byKey.ContainsKey(KeyOf(line)))
        {
            AddIncrement(line);
        }
    }

    private void AddIncrement(FlexLmLicenseLine line) => AddLine(line, line.Quantity ?? 0);

    // "Removes up to the number of licenses specified from any old version (>= from_feat_version) and creates a new
    // version with that same number of licenses"; it "operates on the closest preceding FEATURE or INCREMENT line
    // with a version number that is >= from_feat_version, and < to_feat_version."
    private void AddUpgrade(FlexLmLicenseLine line)
    {
        int wanted = line.Quantity ?? 0;
        decimal? from = LicenseVersion.NumberOf(line.FromVersion);
        decimal? to = keys.VersionOf(line.Version).Number;
        List<LicensePool> named = Named(line.Feature);
        for (int index = named.Count - 1; index >= Math.Max(0, named.Count - UpgradeReach); index--)
        {
            LicensePool pool = named[index];
            if (!pool.IsUncounted && pool.Quantity > 0 && pool.Key.Version.Number >= from && pool.Key.Version.Number < to)
            {
                int moved = (int)Math.Min(wanted, pool.Quantity);
                pool.Quantity -= moved;
                AddLine(line, moved);
                return;
            }
        }
    }

    // "A PACKAGE line, by itself, does not license anything - it requires a matching feature definition line": the
    // components take version and number from it where feature[:version[:num_lic]] leaves them out.
    private void AddComponents(FlexLmLicenseLine package)
    {
        if (EnablingOf(package) is not { } enabling)
        {
            return;
        }

        foreach (string component in (package.Attributes["COMPONENTS"] ?? string.Empty)
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            stop.ThrowIfCancellationRequested();
            string[] parts = component.Split(':');
            bool hasVersion = parts.Length > 1 && parts[1].Length > 0;
            var key = new PoolKey(parts[0].ToUpperInvariant(), hasVersion ? keys.VersionOf(parts[1]) : enabling.Key.Version, enabling.Key.Terms);
            int number = 0;
            bool hasNumber = parts.Length > 2 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out number);
            AddTo(key, enabling.Lines[0], enabling.FirstSignatures, parts[0], hasVersion ? parts[1] : enabling.Version, hasNumber ? number : enabling.Quantity);
        }
    }

    private LicensePool? EnablingOf(FlexLmLicenseLine package)
    {
        if (package.Version.Length == 0)
        {
            return Named(package.Feature).FirstOrDefault();
        }

        return byVersion.TryGetValue((package.Feature.ToUpperInvariant(), keys.VersionOf(package.Version)), out LicensePool? pool) ? pool : null;
    }

    private List<LicensePool> Named(string feature) => byName.TryGetValue(feature, out List<LicensePool>? named) ? named : [];

    private PoolKey KeyOf(FlexLmLicenseLine line) => new(line.Feature.ToUpperInvariant(), keys.VersionOf(line.Version), keys.TermsOf(line));

    private void AddLine(FlexLmLicenseLine line, long quantity) =>
        AddTo(KeyOf(line), line, new SignatureCandidates(line), line.Feature, line.Version, quantity);

    // Adds to the pool of a key, to which the line belongs.
    private void AddTo(PoolKey key, FlexLmLicenseLine line, SignatureCandidates signatures, string name, string version, long quantity)
    {
        if (byKey.TryGetValue(key, out LicensePool? pool))
        {
            pool.Add(line, signatures);
            pool.Quantity += quantity;
            return;
        }

        if (!budget.TryTake())
        {
            LeftOutCount++;
            return;
        }

        pool = new LicensePool(line, signatures, name, version, key) { Quantity = quantity };
        byKey.Add(key, pool);
        pools.Add(pool);
        if (!byName.TryGetValue(name, out List<LicensePool>? named))
        {
            byName.Add(name, named = []);
        }

        named.Add(pool);
        if (!byVersion.ContainsKey((key.Name, key.Version)))
        {
            byVersion.Add((key.Name, key.Version), pool);
        }
    }
}
