using System;
using System.Collections.Generic;
using System.Globalization;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>A column for each of the next months. Its height shows the number of entries that expire.</summary>
internal static class ExpiryMonths
{
    private const int Months = 12;

    public static void Write(Html html, List<ExpiryEntry> urgent, List<ExpiryEntry> later, DateTimeOffset now)
    {
        var counts = new int[Months];
        int expired = 0;
        int beyond = 0;
        Count(urgent);
        Count(later);
        int most = 1;
        foreach (int count in counts)
        {
            most = Math.Max(most, count);
        }

        most = Math.Max(most, Math.Max(expired, beyond));
        if (urgent.Count + later.Count == 0)
        {
            return;
        }

        html.Raw("<ol class=\"months\" aria-label=\"Entries by the month in which they expire\">");
        Column(html, "Expired", string.Empty, expired, most, "bad");
        for (int month = 0; month < Months; month++)
        {
            DateTime first = new DateTime(now.Year, now.Month, 1).AddMonths(month);
            Column(
                html,
                first.ToString("MMM", CultureInfo.InvariantCulture),
                month == 0 || first.Month == 1 ? first.ToString("yyyy", CultureInfo.InvariantCulture) : string.Empty,
                counts[month],
                most,
                month < 2 ? "warn" : "note");
        }

        Column(html, "Later", string.Empty, beyond, most, "none");
        html.Raw("</ol>\n");

        void Count(List<ExpiryEntry> entries)
        {
            foreach (ExpiryEntry entry in entries)
            {
                DateTime day = (entry.Expires ?? now).Date;
                int month = ((day.Year - now.Year) * 12) + day.Month - now.Month;
                if (entry.Band == ExpiryBand.Expired)
                {
                    expired++;
                }
                else if (month < Months)
                {
                    counts[Math.Max(0, month)]++;
                }
                else
                {
                    beyond++;
                }
            }
        }
    }

    private static void Column(Html html, string label, string year, int count, int most, string tone)
    {
        double height = count == 0 ? 0 : Math.Max(4, 100.0 * count / most);
        html.Raw("<li class=\"").Raw(tone).Raw("\"><b>").Raw(count == 0 ? string.Empty : count.ToString(CultureInfo.InvariantCulture))
            .Raw("</b><svg viewBox=\"0 0 1 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect y=\"").Number(100 - height)
            .Raw("\" width=\"1\" height=\"").Number(height).Raw("\"/></svg><span>").Raw(label).Raw("</span><small>").Raw(year).Raw("</small></li>");
    }
}
