using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>The figures at the head of the page. Each links to what it counts.</summary>
internal static class SummarySection
{
    public static void Write(Html html, ReportModel model)
    {
        ReportSummary summary = model.Summary;
        FlexLmReport report = model.Report;
        string within = "Within " + ReportText.Count(report.Thresholds.ExpiryDays, "day");
        html.Raw("<section aria-label=\"Summary\">\n<ul class=\"tiles\">\n");
        WriteServers(html, model);
        Tile(html, "#full", summary.Full.Count > 0 ? "bad" : "good", summary.Full.Count, summary.Full.Count == 1 ? "feature is full" : "features are full", "At " + ReportText.Percent(report.Thresholds.FullPercent) + " or more of what is issued");
        Tile(
            html,
            "#expiry",
            summary.Soon + summary.Expired > 0 ? "warn" : "good",
            summary.Soon,
            summary.Soon == 1 ? "feature expires soon" : "features expire soon",
            summary.Expired > 0 ? within + "; " + ReportText.Count(summary.Expired, "has", "have") + " expired already" : within + "; nothing has expired");
        int gaps = summary.Incomplete.Count + report.Gaps.Count + summary.Old.Count;
        Tile(
            html,
            "#incomplete",
            gaps + summary.Down > 0 ? "warn" : "good",
            gaps,
            gaps == 1 ? "gap in the data" : "gaps in the data",
            summary.Down > 0 ? "Nothing is known of servers that are down" : gaps > 0 ? "Features and reports not complete" : "Everything asked was answered");
        if (report.Denials is FlexLmDenialSummary denials)
        {
            Tile(html, "#denials", denials.Total > 0 ? "warn" : "good", denials.Total, denials.Total == 1 ? "denial" : "denials", "In the logs that were read");
        }

        html.Raw("</ul>\n</section>\n");
    }

    private static void WriteServers(Html html, ReportModel model)
    {
        ReportSummary summary = model.Summary;
        int known = summary.Up + summary.Degraded + summary.Down;
        if (known == 0)
        {
            Tile(html, "#main", "none", summary.NotAsked, "servers", "Their status was not asked");
            return;
        }

        string detail = ReportText.Count(summary.Degraded, "degraded", "degraded") + ", " + ReportText.Count(summary.Down, "down", "down")
            + (summary.NotAsked > 0 ? ", " + ReportText.Count(summary.NotAsked, "not asked", "not asked") : string.Empty);
        Tile(
            html,
            summary.Down + summary.Degraded > 0 ? "#troubled" : "#s1",
            summary.Down > 0 ? "bad" : summary.Degraded > 0 ? "warn" : "good",
            summary.Up,
            "of " + ReportText.Count(known, "server") + " up",
            detail);
    }

    private static void Tile(Html html, string target, string tone, long number, string label, string detail) =>
        html.Raw("<li class=\"tile ").Raw(tone).Raw("\"><a href=\"").Raw(target).Raw("\"><b>").Number(number).Raw("</b> <span>").Raw(label)
            .Raw("</span><small>").Raw(detail).Raw("</small></a></li>\n");
}
