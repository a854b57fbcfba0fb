using System;
using System.Collections.Generic;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// Creates checkouts, queued requests and reservations from the usage lines of a report. If a line does not show which of
/// its words is the host, the other lines of the report decide, so such lines are completed last.
/// </summary>
internal sealed class UsageList
{
    // Reports contain no seconds, so a start may seem to be after the report.
    private static readonly TimeSpan Rounding = TimeSpan.FromMinutes(1);

    private readonly FlexLmStatOptions options;
    private readonly StringCache strings;
    private readonly UserNames names;
    private readonly List<Unclear> unclear = [];
    private StartTime? clock;

    public UsageList(FlexLmStatOptions options, StringCache strings)
    {
        this.options = options;
        this.strings = strings;
        names = new UserNames(strings);
    }

    /// <summary>Number of lines in which the host is uncertain; known after <see cref="Complete"/>.</summary>
    public int Guesses { get; private set; }

    /// <summary>Adds a usage line to the current pool of the section.</summary>
    public LineResult Add(in UsageLine usage, FeatureSection section, DateTimeOffset checkedAt)
    {
        PoolSection pool = section.Current;
        bool isStartKnown = true;
        if (usage.Kind == FlexLmCheckoutKind.Reservation)
        {
            pool.Reservations.Add(Entry(usage, Party(usage), section, since: null, checkedAt));
        }
        else
        {
            DateTimeOffset? since = usage.Kind == FlexLmCheckoutKind.Checkout ? Since(usage, checkedAt) : null;
            isStartKnown = usage.Kind != FlexLmCheckoutKind.Checkout || since is not null;
            bool isClear = names.TryPart(usage.Who, out UserName name);
            pool.Checkouts.Add(Entry(usage, isClear ? name : default, section, since, checkedAt));
            if (!isClear)
            {
                unclear.Add(new Unclear(pool.Checkouts, pool.Checkouts.Count - 1, usage.Who.ToString()));
            }
        }

        pool.InUse += usage.Kind == FlexLmCheckoutKind.Checkout ? usage.Count : 0;
        pool.Reserved += usage.Kind == FlexLmCheckoutKind.Reservation ? usage.Count : 0;
        pool.Queued += usage.Kind == FlexLmCheckoutKind.Queued ? usage.Count : 0;
        bool isWhole = !usage.HasUnknownTail && isStartKnown;
        section.LinesInPart += isWhole ? 0 : 1;
        return isWhole ? LineResult.Understood : LineResult.Partly;
    }

    /// <summary>Completes the lines that depend on other lines.</summary>
    public void Complete(IEnumerable<FeatureSection> sections)
    {
        if (unclear.Count == 0)
        {
            return;
        }

        foreach (FeatureSection section in sections)
        {
            section.Pools.ForEach(pool => pool.Checkouts.ForEach(Learn));
        }

        foreach (Unclear entry in unclear)
        {
            TextSlice who = TextSlice.Of(entry.Who);
            Guesses += names.TryPartWithOthers(who, out UserName name) ? 0 : 1;
            FlexLmCheckout checkout = entry.List[entry.Index];
            entry.List[entry.Index] = new FlexLmCheckout(checkout)
            {
                User = strings.Get(name.User),
                HostName = strings.Get(name.Host),
                Display = strings.Get(name.Display),
                ProcessId = checkout.ProcessId ?? name.ProcessId,
            };
        }

        unclear.Clear();
    }

    private DateTimeOffset? Since(in UsageLine usage, DateTimeOffset checkedAt)
    {
        clock ??= new StartTime(checkedAt, options.TimeZone);
        return clock.Read(usage.Start);
    }

    // The user of a reservation is its party, whatever its kind.
    private static UserName Party(in UsageLine usage)
    {
        bool isHost = usage.Party.Is("HOST") || usage.Party.Is("INTERNET");
        return new UserName(usage.Who, isHost ? usage.Who : default, usage.Party.Is("DISPLAY") ? usage.Who : default);
    }

    private FlexLmCheckout Entry(in UsageLine usage, in UserName name, FeatureSection section, DateTimeOffset? since, DateTimeOffset checkedAt) => new()
    {
        Server = section.Server?.Shown ?? options.Server,
        Vendor = section.ShownVendor,
        Feature = section.Name,
        Version = usage.Version.IsEmpty ? section.Current.Version : strings.Get(usage.Version),
        User = strings.Get(name.User),
        HostName = strings.Get(name.Host),
        Display = strings.Get(name.Display),
        ReservedFor = strings.Get(usage.Party),
        Count = usage.Count,
        Since = since,
        Duration = Elapsed(since, checkedAt),
        Handle = usage.Handle.ToPrintable(),
        ProcessId = usage.Kind == FlexLmCheckoutKind.Reservation ? null : usage.ProcessId ?? name.ProcessId,
        Kind = usage.Kind,
    };

    private static TimeSpan? Elapsed(DateTimeOffset? since, DateTimeOffset checkedAt)
    {
        TimeSpan? elapsed = checkedAt - since;
        return elapsed >= TimeSpan.Zero ? elapsed : elapsed > -Rounding ? TimeSpan.Zero : null;
    }

    private void Learn(FlexLmCheckout checkout)
    {
        if (checkout.User.Length > 0 && checkout.HostName.Length > 0)
        {
            names.Learn(checkout.User, checkout.HostName);
        }
    }

    private readonly struct Unclear(List<FlexLmCheckout> list, int index, string who)
    {
        public List<FlexLmCheckout> List { get; } = list;

        public int Index { get; } = index;

        public string Who { get; } = who;
    }
}
