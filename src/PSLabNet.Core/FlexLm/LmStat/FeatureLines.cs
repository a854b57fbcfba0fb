using System;
using System.Collections.Generic;
using System.Globalization;
using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>Reads what a report says of features: their numbers, pools, and who uses them.</summary>
internal sealed class FeatureLines
{
    private const string UsersMark = "Users of ";
    private const string ServedMark = "Users of features served by ";
    private const string VendorMark = ", vendor: ";
    private const string ExpiryMark = ", expiry: ";
    private const string Action = "read the output of lmstat";

    private readonly FlexLmStatOptions options;
    private readonly StringCache strings;
    private readonly UserNames names;
    private readonly List<Unclear> unclear = [];
    private StartTime? clock;
    private FeatureSection? current;
    private int guesses;

    public FeatureLines(FlexLmStatOptions options, StringCache strings)
    {
        this.options = options;
        this.strings = strings;
        names = new UserNames(strings);
    }

    public List<FeatureSection> Sections { get; } = [];

    public bool IsEmpty => Sections.Count == 0;

    /// <summary>
    /// True if the last feature lists less than is in use, unless nobody is listed anywhere (--no-user-info).
    /// </summary>
    public bool IsCutOff
    {
        get
        {
            if (current is not { ReportedInUse: { } reported } last)
            {
                return false;
            }

            long listed = 0;
            last.Pools.ForEach(pool => listed += pool.InUse + pool.Reserved);
            return listed < reported
                && (!FeatureTotals.IsUserless(last) || Sections.Exists(section => section != last && section.ReportedInUse > 0 && !FeatureTotals.IsUserless(section))
                    || !Sections.Exists(section => section != last && section.ReportedInUse > 0));
        }
    }

    /// <summary>Reads a line that begins a feature.</summary>
    /// <returns>Null if it is none.</returns>
    public LineResult? TryHeader(TextSlice line, ServerBlock? server)
    {
        if (!line.StartsWith(UsersMark))
        {
            return null;
        }

        if (line.StartsWith(ServedMark) && line[line.Length - 1] == ':')
        {
            return LineResult.Understood;
        }

        // Also if it is not understood: who stands below it does not use the feature before it.
        current = null;
        int colon = line.IndexOf(": ", UsersMark.Length);
        if (colon < 0)
        {
            return null;
        }

        string name = strings.Get(line.Part(UsersMark.Length, colon - UsersMark.Length).Trim());
        TextSlice rest = line.From(colon + 1).Trim();
        FeatureSection? section = FeatureHeaderLine.TryRead(name, rest, server, Action);
        if (section is null)
        {
            return null;
        }

        current = section;
        Sections.Add(section);
        return LineResult.Understood;
    }

    /// <summary>Reads a line below a feature.</summary>
    /// <returns>Null if it is none.</returns>
    public LineResult? TryUsage(TextSlice line, DateTimeOffset checkedAt)
    {
        if (current is null)
        {
            return null;
        }

        if (line[0] == '"' && TryPool(line) is { } pool)
        {
            return pool;
        }

        if (line.StartsWith("vendor_string:") || TryType(line))
        {
            return LineResult.Understood;
        }

        return UsageLine.TryRead(line, out UsageLine usage) ? Add(usage, checkedAt) : null;
    }

    public IEnumerable<FlexLmFeature> Build(DateTimeOffset checkedAt)
    {
        Clarify();
        foreach (FeatureSection section in Sections)
        {
            yield return FeatureTotals.Build(section, checkedAt, options.TimeZone);
        }
    }

    public IEnumerable<string> Notes()
    {
        if (guesses > 0)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "Users or displays with blanks: {0}; which of the words is the host is not certain.", guesses);
        }

        if (Sections.Exists(section => section.Pools.Exists(pool => pool.IsNamed && pool.Expiry == PoolExpiry.Unknown)))
        {
            yield return "The report does not say when all licenses expire; an empty Expires does not mean never.";
        }
    }

    private LineResult Add(UsageLine usage, DateTimeOffset checkedAt)
    {
        PoolSection pool = current!.Current;
        string party = strings.Get(usage.Party);
        UserName name = default;
        bool isClear = usage.Kind == FlexLmCheckoutKind.Reservation || names.TryPart(usage.Who, out name);
        DateTimeOffset? since = null;
        bool isStartKnown = true;
        if (usage.Kind == FlexLmCheckoutKind.Checkout)
        {
            clock ??= new StartTime(checkedAt, options.TimeZone);
            since = clock.Read(usage.Start);
            isStartKnown = since is not null;
        }

        var entry = new FlexLmCheckout
        {
            Server = current.Server?.Shown ?? options.Server,
            Vendor = current.Vendor.Length > 0 ? current.Vendor : current.Server?.OnlyVendor ?? string.Empty,
            Feature = current.Name,
            Version = usage.Version.IsEmpty ? pool.Version : strings.Get(usage.Version),
            User = strings.Get(usage.Kind == FlexLmCheckoutKind.Reservation ? usage.Who : name.User),
            HostName = strings.Get(usage.Kind != FlexLmCheckoutKind.Reservation ? name.Host : party is "HOST" or "INTERNET" ? usage.Who : default),
            Display = strings.Get(usage.Kind != FlexLmCheckoutKind.Reservation ? name.Display : party == "DISPLAY" ? usage.Who : default),
            ReservedFor = usage.Kind == FlexLmCheckoutKind.Reservation ? party : string.Empty,
            Count = usage.Count,
            Since = since,
            Duration = Elapsed(since, checkedAt),
            Handle = usage.Handle.ToPrintable(),
            ProcessId = usage.ProcessId,
            Kind = usage.Kind,
        };
        List<FlexLmCheckout> list = usage.Kind == FlexLmCheckoutKind.Reservation ? pool.Reservations : pool.Checkouts;
        list.Add(entry);
        if (!isClear)
        {
            // Nothing is to be learned of it.
            list[list.Count - 1] = new FlexLmCheckout(entry) { User = string.Empty, HostName = string.Empty, Display = string.Empty };
            unclear.Add(new Unclear(list, list.Count - 1, usage.Who.ToString()));
        }

        pool.InUse += usage.Kind == FlexLmCheckoutKind.Checkout ? usage.Count : 0;
        pool.Reserved += usage.Kind == FlexLmCheckoutKind.Reservation ? usage.Count : 0;
        pool.Queued += usage.Kind == FlexLmCheckoutKind.Queued ? usage.Count : 0;
        bool isWhole = !usage.HasUnknownTail && isStartKnown;
        current.LinesInPart += isWhole ? 0 : 1;
        return isWhole ? LineResult.Understood : LineResult.Partly;
    }

    // Reports have no seconds, so a start may seem to be after it.
    private static TimeSpan? Elapsed(DateTimeOffset? since, DateTimeOffset checkedAt)
    {
        TimeSpan? elapsed = checkedAt - since;
        return elapsed >= TimeSpan.Zero ? elapsed : elapsed > -TimeSpan.FromMinutes(1) ? TimeSpan.Zero : null;
    }

    // "NAME" v52, vendor: MLM, expiry: 30-dec-2025
    private LineResult? TryPool(TextSlice line)
    {
        int vendor = line.LastIndexOf(VendorMark);
        int quote = vendor < 0 ? -1 : line.Part(0, vendor).LastIndexOf("\" v");
        if (quote < 1)
        {
            return null;
        }

        TextSlice rest = line.From(vendor + VendorMark.Length);
        int expiry = rest.IndexOf(ExpiryMark);
        string name = strings.Get((expiry < 0 ? rest : rest.Part(0, expiry)).Trim());
        var pool = new PoolSection
        {
            IsNamed = true,
            Name = strings.Get(line.Part(1, quote - 1)),
            Version = strings.Get(line.Part(quote + 3, vendor - quote - 3).Trim()),
        };
        bool isDateKnown = expiry < 0 || TryExpiry(rest.From(expiry + ExpiryMark.Length).Trim(), options.TimeZone, pool);
        current!.Vendor = name;

        // What stood before the first pool line, belongs to no pool that has a name.
        current.Pools.Add(pool);
        current.LinesInPart += isDateKnown ? 0 : 1;
        return isDateKnown ? LineResult.Understood : LineResult.Partly;
    }

    /// <summary>Reads 30-dec-2025, 1-jan-0, permanent, permanent(no expiration date).</summary>
    internal static bool TryExpiry(TextSlice text, TimeZoneInfo zone, PoolSection pool)
    {
        int bracket = text.IndexOf('(');
        TextSlice date = bracket > 0 ? text.Part(0, bracket).Trim() : text;
        if (!LicenseDate.TryParse(date.ToString(), out DateTimeOffset? expires))
        {
            return false;
        }

        pool.Expiry = expires is null ? PoolExpiry.Never : PoolExpiry.Day;
        pool.Expires = expires is { } day ? LocalTime.In(zone, day.Date) : null;
        return true;
    }

    private bool TryType(TextSlice line)
    {
        const string Lock = "locked to ";
        FlexLmLicenseType? type = line.StartsWith("floating license") ? FlexLmLicenseType.Floating
            : line.StartsWith("nodelocked license") ? FlexLmLicenseType.NodeLocked
            : line.StartsWith("uncounted nodelocked license") ? FlexLmLicenseType.UncountedNodeLocked
            : line.StartsWith("uncounted floating license") || line.StartsWith("uncounted license") ? FlexLmLicenseType.Uncounted
            : null;
        if (type is null || UsageLine.TryRead(line, out _))
        {
            return false;
        }

        int locked = line.IndexOf(Lock);
        TextSlice host = locked < 0 ? default : line.From(locked + Lock.Length).Trim();
        bool isAny = host.StartsWith("NOTHING");
        host = host.Length > 1 && host[0] == '"' && host[host.Length - 1] == '"' ? host.Part(1, host.Length - 2) : host;
        PoolSection pool = current!.Current;
        pool.Type = type == FlexLmLicenseType.UncountedNodeLocked && isAny ? FlexLmLicenseType.Uncounted : type.Value;
        pool.HostId = isAny ? string.Empty : PrintableText.Escape(host.ToString());
        return true;
    }

    private void Clarify()
    {
        if (unclear.Count == 0)
        {
            return;
        }

        foreach (FeatureSection section in Sections)
        {
            section.Pools.ForEach(pool => pool.Checkouts.ForEach(Learn));
        }

        foreach (Unclear entry in unclear)
        {
            guesses += names.TryPartWithOthers(TextSlice.Of(entry.Who), out UserName name) ? 0 : 1;
            entry.List[entry.Index] = new FlexLmCheckout(entry.List[entry.Index])
            {
                User = strings.Get(name.User),
                HostName = strings.Get(name.Host),
                Display = strings.Get(name.Display),
            };
        }

        unclear.Clear();
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
