using System.Collections.Generic;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>Items that need action: servers in trouble, full features, missing data.</summary>
internal static class AttentionSection
{
    /// <summary>Maximum number of entries in a list. The rest are counted here, and marked in the feature tables.</summary>
    private const int MostShown = 24;

    public static void Write(Html html, ReportModel model)
    {
        ReportSummary summary = model.Summary;
        html.Raw("<div class=\"cards\">\n");
        WriteTroubled(html, model);
        WriteFull(html, summary.Full, model.Report.Thresholds);
        WriteIncomplete(html, model);
        html.Raw("</div>\n");
    }

    private static void WriteTroubled(Html html, ReportModel model)
    {
        if (model.Summary.Down + model.Summary.Degraded == 0)
        {
            return;
        }

        Open(html, "troubled", "Servers in trouble");
        var list = new CappedList(html, MostShown);
        foreach (ServerGroup server in model.Servers)
        {
            if (server.Status is FlexLmServerStatus status && status.Status != FlexLmState.Up && list.Next())
            {
                html.Raw("<li>");
                Badge.Write(html, status.Status);
                html.Raw(" <a href=\"#s").Number(server.Id).Raw("\">").Text(server.Name).Raw("</a>");
                string? why = status.Error?.ToString() ?? FirstVendorError(status);
                if (why is not null)
                {
                    html.Raw("<small>").Text(why).Raw("</small>");
                }

                html.Raw("</li>");
            }
        }

        list.Close("server");
        html.Raw("</section>\n");
    }

    private static void WriteFull(Html html, IReadOnlyList<FeatureEntry> full, ReportThresholds thresholds)
    {
        Open(html, "full", "Full: " + ReportText.Percent(thresholds.FullPercent) + " or more");
        if (full.Count == 0)
        {
            html.Raw("<p class=\"fine\">No feature is that full.</p></section>\n");
            return;
        }

        var list = new CappedList(html, MostShown);
        foreach (FeatureEntry entry in full)
        {
            if (list.Next())
            {
                html.Raw("<li><a href=\"#f").Number(entry.Id).Raw("\">").Text(entry.Feature.Name).Raw("</a> <span class=\"quiet\">")
                    .Text(entry.Feature.Vendor).Raw("</span><span class=\"right\">").Number(entry.Used).Raw(" of ").Number(entry.Feature.Issued).Raw("</span>");
                UsageBar.Write(html, entry);
                html.Raw("</li>");
            }
        }

        list.Close("feature");
        html.Raw("</section>\n");
    }

    private static void WriteIncomplete(Html html, ReportModel model)
    {
        ReportSummary summary = model.Summary;
        Open(html, "incomplete", "Incomplete data");
        if (summary.Incomplete.Count + model.Report.Gaps.Count + summary.Down + summary.Old.Count == 0)
        {
            html.Raw("<p class=\"fine\">Everything that was asked was answered and adds up.</p></section>\n");
            return;
        }

        var list = new CappedList(html, MostShown);
        foreach (string gap in model.Report.Gaps)
        {
            if (list.Next())
            {
                html.Raw("<li>").Text(gap).Raw("</li>");
            }
        }

        foreach (ServerGroup server in summary.Old)
        {
            if (list.Next())
            {
                html.Raw("<li><a href=\"#s").Number(server.Id).Raw("\">").Text(server.Name.Length == 0 ? "(no server)" : server.Name)
                    .Raw("</a><small>Old: nothing is newer than ").Raw(ReportText.Duration(server.Age!.Value)).Raw(" before this report.</small></li>");
            }
        }

        foreach (FeatureEntry entry in summary.Incomplete)
        {
            if (list.Next())
            {
                html.Raw("<li><a href=\"#f").Number(entry.Id).Raw("\">").Text(entry.Feature.Name).Raw("</a> <span class=\"quiet\">")
                    .Text(entry.Feature.Server).Raw("</span><small>").Text(FeatureTable.WhyIncomplete(entry.Feature)).Raw("</small></li>");
            }
        }

        foreach (ServerGroup server in model.Servers)
        {
            if (server.Status?.Status == FlexLmState.Down && list.Next())
            {
                html.Raw("<li><a href=\"#s").Number(server.Id).Raw("\">").Text(server.Name).Raw("</a><small>Down: its use is not known.</small></li>");
            }
        }

        list.Close("entry", "entries");
        html.Raw("</section>\n");
    }

    private static string? FirstVendorError(FlexLmServerStatus status)
    {
        foreach (FlexLmVendorStatus vendor in status.Vendors)
        {
            if (vendor.Error is FlexLmError error)
            {
                return $"{vendor.Name}: {error}";
            }
        }

        foreach (FlexLmServerStatus node in status.Nodes)
        {
            if (node.Error is FlexLmError error)
            {
                return $"{node.HostName}: {error}";
            }
        }

        return null;
    }

    private static void Open(Html html, string id, string title) =>
        html.Raw("<section class=\"card\" id=\"").Raw(id).Raw("\"><h2>").Raw(title).Raw("</h2>\n");
}
