using System;
using System.Collections.Generic;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>Expiry dates: an overview of a year, then the urgent ones, then the rest.</summary>
internal static class ExpirySection
{
    public static void Write(Html html, ReportModel model)
    {
        var urgent = new List<ExpiryEntry>();
        var later = new List<ExpiryEntry>();
        var never = new List<ExpiryEntry>();
        var notKnown = new List<ExpiryEntry>();
        foreach (FeatureEntry feature in model.Features)
        {
            foreach (ExpiryEntry entry in ExpiryEntry.Of(feature, model.Report.GeneratedAt, model.Report.Thresholds))
            {
                List<ExpiryEntry> band = entry.Band switch
                {
                    ExpiryBand.Never => never,
                    ExpiryBand.NotKnown => notKnown,
                    ExpiryBand.Later => later,
                    _ => urgent,
                };
                band.Add(entry);
            }
        }

        urgent.Sort(SoonestFirst);
        later.Sort(SoonestFirst);
        html.Raw("<section class=\"block\" id=\"expiry\">\n<h2>What expires when</h2>\n");
        ExpiryMonths.Write(html, urgent, later, model.Report.GeneratedAt);
        WriteUrgent(html, urgent, model.Report.Thresholds);
        WriteRest(html, "later than in " + ReportText.Count(model.Report.Thresholds.ListedDays, "day"), later);
        WriteRest(html, "never", never);
        WriteRest(html, "not known when", notKnown);
        html.Raw("</section>\n");
    }

    private static void WriteUrgent(Html html, List<ExpiryEntry> urgent, ReportThresholds thresholds)
    {
        if (urgent.Count == 0)
        {
            html.Raw("<p class=\"fine\">Nothing has expired or expires within ").Raw(ReportText.Count(thresholds.ListedDays, "day")).Raw(".</p>\n");
            return;
        }

        html.Raw("<div class=\"scroll\" role=\"region\" aria-label=\"Expired or expiring within ").Raw(ReportText.Count(thresholds.ListedDays, "day")).Raw("\" tabindex=\"0\"><table class=\"plain sortable\"><thead><tr>")
            .Raw("<th scope=\"col\" data-sort=\"time\" aria-sort=\"ascending\">Last day</th><th scope=\"col\" data-sort=\"text\">State</th>");
        WriteHead(html);
        foreach (ExpiryEntry entry in urgent)
        {
            html.Raw("<tr><td>").Raw(entry.Expires is DateTimeOffset day ? ReportText.Date(day) : "–").Raw("</td><td>");
            Badge.Write(html, entry.Band, thresholds);
            html.Raw(" <small>").Raw(ReportText.Days(entry.DaysLeft ?? 0)).Raw("</small></td><td>");
            WriteFeature(html, entry, "</td><td class=\"number\">", "</td><td>");
            html.Raw("</td></tr>");
        }

        html.Raw("</tbody></table></div>\n");
    }

    private static void WriteRest(Html html, string when, List<ExpiryEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        html.Raw("<details><summary>").Raw(ReportText.Count(entries.Count, "entry", "entries")).Raw(": ").Raw(when)
            .Raw("</summary><pre class=\"plain\">");
        bool dated = entries[0].Expires is not null;
        html.Raw(dated ? "Last day\t" : string.Empty).Raw("Feature\tLicenses\tVendor\tServer");
        foreach (ExpiryEntry entry in entries)
        {
            html.Raw("\n").Raw(entry.Expires is DateTimeOffset day ? ReportText.Date(day) + "\t" : string.Empty);
            WriteFeature(html, entry, "\t", "\t");
        }

        html.Raw("</pre></details>\n");
    }

    private static void WriteHead(Html html) =>
        html.Raw("<th scope=\"col\" data-sort=\"text\">Feature</th><th scope=\"col\" class=\"number\" data-sort=\"number\">Licenses</th>")
            .Raw("<th scope=\"col\" data-sort=\"text\">Vendor</th><th scope=\"col\" data-sort=\"text\">Server</th></tr></thead><tbody>");

    private static void WriteFeature(Html html, ExpiryEntry entry, string beforeNumber, string between)
    {
        FlexLmFeature feature = entry.Owner.Feature;
        html.Raw("<a href=\"#f").Number(entry.Owner.Id).Raw("\">").Text(feature.Name).Raw("</a>");
        if (entry.Version.Length > 0)
        {
            html.Raw(" <small>").Text(entry.Version).Raw("</small>");
        }

        html.Raw(beforeNumber).Number(entry.Issued).Raw(between).Text(feature.Vendor).Raw(between).Text(feature.Server);
    }

    private static int SoonestFirst(ExpiryEntry left, ExpiryEntry right) =>
        Nullable.Compare(left.DaysLeft, right.DaysLeft) is int byDay and not 0
            ? byDay
            : string.CompareOrdinal(left.Owner.Feature.Name, right.Owner.Feature.Name);
}
