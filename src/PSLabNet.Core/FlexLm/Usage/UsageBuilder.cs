using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.FlexLm.Usage;

/// <summary>Makes the objects of a table of rows.</summary>
internal sealed class UsageBuilder(UsageOptions options, Parties parties)
{
    /// <summary>The objects, by party and then by time.</summary>
    public IEnumerable<MeasuredUse> Build(UsageSubject subject, TallyTable table)
    {
        bool hasParties = options.HasParties && subject.Kind != UsageRecordKind.Samples;

        // A record that ends at a full hour touches the next one, but tells nothing of it.
        bool hasTime = table.Rows.Any(row => row.Value.HasTime);
        return table.Rows
            .Where(row => row.Key.Party == Parties.All != hasParties)
            .Where(row => !hasTime || row.Value.DenialCount > 0 || table.AllAt(row.Key.Key) is { HasTime: true })
            .Select(row => (Party: parties.KeyOf(row.Key.Party), row.Key.Key, Tally: row.Value, IsParty: row.Key.Party != Parties.All))
            .OrderBy(row => row.Party.Group, StringComparer.Ordinal)
            .ThenBy(row => row.Party.User, StringComparer.Ordinal)
            .ThenBy(row => row.Party.HostName, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Month)
            .ThenBy(row => row.Key.Day)
            .ThenBy(row => row.Key.Weekday)
            .ThenBy(row => row.Key.Hour)
            .Select(row =>
            {
                if (row.IsParty && table.AllAt(row.Key) is { } all)
                {
                    row.Tally.FillFrom(all);
                }

                return new MeasuredUse(Build(subject, row.Party, row.Key, row.Tally, row.IsParty), row.Tally.InUse, row.Tally.Demand, row.IsParty || options.HasCalendar ? null : table.Week);
            });
    }

    private FlexLmUsage Build(UsageSubject subject, PartyKey party, CalendarKey calendar, UsageTally tally, bool isParty)
    {
        bool isLog = subject.Kind == UsageRecordKind.Log;
        bool hasUsers = subject.Kind != UsageRecordKind.Samples;
        bool hasTime = tally.InUse.Total > 0;
        return new FlexLmUsage
        {
            Feature = subject.Feature,
            Vendor = subject.Vendor,
            Server = subject.Server,
            Source = subject.Source,
            Pool = subject.Pool,
            User = party.User,
            HostName = party.HostName,
            Group = party.Group,
            Hour = calendar.Hour,
            Day = calendar.DayText,
            Weekday = calendar.Weekday,
            Month = calendar.MonthText,
            Peak = tally.Peak,
            PeakAt = tally.Peak is null ? null : TimeOf(tally.PeakAt),
            Average = tally.InUse.Average,
            Median = tally.InUse.Quantile(50),
            P95 = tally.InUse.Quantile(95),
            P99 = tally.InUse.Quantile(99),
            ShareAtLimit = isParty || tally.IssuedTicks == 0 ? null : (double)tally.LimitTicks / tally.IssuedTicks,
            Issued = tally.Issued,
            DenialCount = isLog ? tally.DenialCount : null,
            UserCount = hasUsers ? tally.UserCount : null,
            LongestCheckout = hasUsers && tally.Longest is { } longest ? new TimeSpan(longest) : null,
            MedianCheckout = isLog && tally.MedianReturned() is { } median ? new TimeSpan(median) : null,
            ShortCheckoutCount = isLog ? tally.ShortCount : null,
            IdleHours = hasTime ? tally.NightLicenseTicks / TimeSpan.TicksPerHour : null,
            NeededFor95 = tally.Demand.Quantile(95),
            NeededFor99 = tally.Demand.Quantile(99),
            NeededForAll = hasTime ? tally.PeakDemand : null,
            From = TimeOf(tally.From),
            To = TimeOf(tally.To),
            Coverage = hasTime ? (double)tally.InUse.Total / (tally.InUse.Total + tally.GapTicks) : 0,
            Notes = [.. UsageNotes.Of(subject, tally, options, isParty)],
        };
    }

    private DateTimeOffset TimeOf(long ticks) =>
        ticks < 0 || ticks > DateTime.MaxValue.Ticks ? default : TimeZoneInfo.ConvertTime(new DateTimeOffset(ticks, TimeSpan.Zero), options.TimeZone);
}
