using System.Collections.Generic;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>
/// Features by use. Each has its own table body, with its numbers in the first row and its holders in the second, so
/// the two stay together when the table is sorted.
/// </summary>
internal static class FeatureTable
{
    private const int Columns = 9;

    // No line breaks between rows: a browser keeps each as a separate node, and there may be 100,000.
    public static void Write(Html html, IReadOnlyList<FeatureEntry> features, ReportThresholds thresholds)
    {
        html.Raw("<table class=\"features sortable\" data-rows=\"groups\"><thead><tr>")
            .Raw("<th scope=\"col\" data-sort=\"text\">Feature</th>")
            .Raw("<th scope=\"col\" data-sort=\"number\" class=\"use\" aria-sort=\"descending\">Use</th>")
            .Raw("<th scope=\"col\" data-sort=\"number\">In use</th>")
            .Raw("<th scope=\"col\" data-sort=\"number\">Issued</th>")
            .Raw("<th scope=\"col\" data-sort=\"number\">Free</th>")
            .Raw("<th scope=\"col\" data-sort=\"number\">Reserved</th>")
            .Raw("<th scope=\"col\" data-sort=\"number\">Queued</th>")
            .Raw("<th scope=\"col\" data-sort=\"time\">Expires</th>")
            .Raw("<th scope=\"col\" data-sort=\"text\">Type</th></tr></thead>\n");
        foreach (FeatureEntry entry in features)
        {
            Write(html, entry, thresholds);
        }

        html.Raw("</table>");
    }

    /// <summary>Why a feature's numbers are not reliable.</summary>
    public static string WhyIncomplete(FlexLmFeature feature) =>
        feature.Error?.ToString() ?? (feature.Warnings.Count > 0 ? feature.Warnings[0] : "Not everything was answered, or it does not add up.");

    private static void Write(Html html, FeatureEntry entry, ReportThresholds thresholds)
    {
        FlexLmFeature feature = entry.Feature;
        html.Raw("<tbody id=\"f").Number(entry.Id).Raw("\"><tr><th scope=\"row\">").Text(feature.Name);
        if (feature.Version.Length > 0)
        {
            html.Raw(" <small>").Text(feature.Version).Raw("</small>");
        }

        if (entry.Age is System.TimeSpan age)
        {
            html.Raw(" ");
            Badge.WriteOld(html, age);
        }

        html.Raw("</th><td class=\"use\">");
        WriteUse(html, entry);
        html.Raw("</td><td>").Number(feature.InUse).Raw("</td><td>");
        if (feature.Issued is null && feature.LicenseType is FlexLmLicenseType.Uncounted or FlexLmLicenseType.UncountedNodeLocked)
        {
            html.Raw("∞");
        }
        else
        {
            html.Number(feature.Issued);
        }

        html.Raw("</td><td>").Number(feature.Available).Raw("</td><td>").Number(feature.Reserved).Raw("</td><td>").Number(feature.Queued).Raw("</td><td>");
        WriteExpiry(html, entry, thresholds);
        html.Raw("</td><td>").Raw(TypeName(feature.LicenseType)).Raw("</td></tr>");
        WriteDetails(html, entry);
        html.Raw("</tbody>\n");
    }

    private static void WriteUse(Html html, FeatureEntry entry)
    {
        if (entry.Percent is double percent)
        {
            html.Raw("<span>").Raw(ReportText.Percent(percent)).Raw("</span>");
            UsageBar.Write(html, entry);
            html.Raw(entry.IsFull ? "<b>full</b>" : string.Empty);
        }
        else
        {
            html.Raw("–");
        }
    }

    private static void WriteExpiry(Html html, FeatureEntry entry, ReportThresholds thresholds)
    {
        FlexLmFeature feature = entry.Feature;
        html.Raw(feature.Expires is System.DateTimeOffset day ? ReportText.Date(day)
            : entry.Expiry == ExpiryBand.NotKnown ? "–"
            : entry.Expiry == ExpiryBand.Expired ? string.Empty
            : "never");
        if (entry.Expiry <= ExpiryBand.Next)
        {
            html.Raw(" ");
            Badge.Write(html, entry.Expiry, thresholds);
        }
    }

    private static void WriteDetails(Html html, FeatureEntry entry)
    {
        FlexLmFeature feature = entry.Feature;
        bool holders = feature.Checkouts.Count + feature.Reservations.Count > 0;
        bool pools = feature.Pools.Count > 1;
        if (entry.IsComplete && feature.Warnings.Count == 0 && !holders && !pools)
        {
            return;
        }

        html.Raw("<tr><td colspan=\"").Number(Columns).Raw("\">");
        if (!entry.IsComplete)
        {
            html.Raw("<p class=\"message warn\"><b>Incomplete:</b> ").Text(WhyIncomplete(feature)).Raw("</p>");
        }

        // The line above already shows the first warning, unless it shows an error.
        for (int at = entry.IsComplete || feature.Error is not null ? 0 : 1; at < feature.Warnings.Count; at++)
        {
            html.Raw("<p class=\"message warn\"><b>Note:</b> ").Text(feature.Warnings[at]).Raw("</p>");
        }

        if (pools)
        {
            PoolTable.Write(html, feature.Pools);
        }

        if (holders)
        {
            HolderTable.Write(html, feature);
        }

        html.Raw("</td></tr>");
    }

    private static string TypeName(FlexLmLicenseType type) => type switch
    {
        FlexLmLicenseType.Floating => "floating",
        FlexLmLicenseType.NodeLocked => "node-locked",
        FlexLmLicenseType.Uncounted => "uncounted",
        FlexLmLicenseType.UncountedNodeLocked => "uncounted, node-locked",
        FlexLmLicenseType.Mixed => "mixed",
        _ => "–",
    };
}
