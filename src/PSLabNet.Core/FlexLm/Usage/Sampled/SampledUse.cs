using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.FlexLm.Usage.Sampled;

/// <summary>What a history is about. The pool is empty if pools are not told apart.</summary>
internal readonly record struct SampledKey(string Server, string Vendor, string Feature, string Pool);

/// <summary>The histories of all features that samples tell of.</summary>
internal sealed class SampledUse(UsageOptions options, LocalCalendar calendar, Parties parties)
{
    private readonly bool hasPools = options.Has(FlexLmUsageKey.Pool);
    private readonly Dictionary<SampledKey, SampledEntry> entries = [];

    // Samples come in rounds, each with the features in the same order: what followed a history once mostly follows it again.
    private SampledEntry? last;

    public IEnumerable<KeyValuePair<SampledKey, SampleHistory>> Histories =>
        entries.Values.Select(entry => new KeyValuePair<SampledKey, SampleHistory>(entry.Key, entry.History));

    /// <summary>Adds a sample.</summary>
    public void Add(FlexLmSample sample) => HistoryOf(sample.Server, sample.Vendor, sample.Feature, sample.Version).Add(
        new Observation { At = sample.Time.UtcTicks, InUse = sample.InUse, Reserved = sample.Reserved, Queued = sample.Queued, Issued = sample.Issued },
        sample.Version);

    /// <summary>Adds a feature: each of its pools by itself, if pools are told apart.</summary>
    public void Add(FlexLmFeature feature)
    {
        if (!hasPools || feature.Pools.Count < 2)
        {
            Add(feature, feature.Version, feature.Checkouts, new Observation
            {
                At = feature.CheckedAt.UtcTicks,
                InUse = feature.InUse,
                Reserved = feature.Reserved,
                Queued = feature.Queued,
                Issued = feature.Issued,
            });
            return;
        }

        foreach (IGrouping<string, FlexLmPool> pools in feature.Pools.GroupBy(NameOf))
        {
            Add(feature, pools.Key, [.. pools.SelectMany(pool => pool.Checkouts)], pools.Select(pool => new Observation
            {
                At = feature.CheckedAt.UtcTicks,
                InUse = pool.InUse,
                Reserved = pool.Reserved,
                Queued = pool.Queued,
                Issued = pool.Issued,
            }).Aggregate((sum, one) => sum.Plus(one)));
        }
    }

    private void Add(FlexLmFeature feature, string pool, IReadOnlyList<FlexLmCheckout> checkouts, Observation numbers)
    {
        SampleHistory history = HistoryOf(feature.Server, feature.Vendor, feature.Name, pool);
        FlexLmCheckout[] held = [.. checkouts.Where(checkout => checkout.Kind == FlexLmCheckoutKind.Checkout)];

        // A report without the users of a feature in use does not tell who they are.
        if (held.Length == 0 && numbers.InUse is not 0)
        {
            history.Add(numbers, pool);
            return;
        }

        var byParty = new Dictionary<int, int>();
        foreach (FlexLmCheckout checkout in held)
        {
            int party = parties.NumberOf(checkout.User, checkout.HostName);
            byParty.TryGetValue(party, out int known);
            byParty[party] = (int)System.Math.Min(int.MaxValue, (long)known + checkout.Count);
            if (checkout.Duration is { } duration)
            {
                history.Table.At(Parties.All, numbers.At).AddHeld(duration.Ticks);
                foreach (int row in parties.RowsOf(party))
                {
                    history.Table.At(row, numbers.At).AddHeld(duration.Ticks);
                }
            }
        }

        history.Add(
            new Observation { At = numbers.At, InUse = numbers.InUse, Reserved = numbers.Reserved, Queued = numbers.Queued, Issued = numbers.Issued, Parties = byParty },
            pool);
    }

    private SampleHistory HistoryOf(string server, string vendor, string feature, string pool)
    {
        var key = new SampledKey(server, vendor, feature, hasPools ? pool : string.Empty);
        if (last?.Next is { } expected && expected.Key == key)
        {
            last = expected;
            return expected.History;
        }

        if (!entries.TryGetValue(key, out SampledEntry? entry))
        {
            entry = new SampledEntry(key, new SampleHistory(new TallyTable(options, calendar), parties));
            entries.Add(key, entry);
        }

        if (last is not null)
        {
            last.Next = entry;
        }

        last = entry;
        return entry.History;
    }

    private static string NameOf(FlexLmPool pool) => pool.HostId.Length == 0 ? pool.Version : string.Format(CultureInfo.InvariantCulture, "{0} {1}", pool.Version, pool.HostId);

    private sealed class SampledEntry(SampledKey key, SampleHistory history)
    {
        public SampledKey Key { get; } = key;

        public SampleHistory History { get; } = history;

        public SampledEntry? Next { get; set; }
    }
}
