using System;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>A state as a word. Its sign and color only repeat the word.</summary>
internal static class Badge
{
    public static void Write(Html html, FlexLmState state) => html.Raw(state switch
    {
        FlexLmState.Up => "<span class=\"chip good\">Up</span>",
        FlexLmState.Degraded => "<span class=\"chip warn\">Degraded</span>",
        _ => "<span class=\"chip bad\">Down</span>",
    });

    public static void Write(Html html, ExpiryBand band, ReportThresholds thresholds) => html.Raw(band switch
    {
        ExpiryBand.Expired => "<span class=\"chip bad\">Expired</span>",
        ExpiryBand.Soon => $"<span class=\"chip warn\">Within {ReportText.Count(thresholds.ExpiryDays, "day")}</span>",
        ExpiryBand.Next => $"<span class=\"chip note\">Within {ReportText.Count(thresholds.ListedDays, "day")}</span>",
        ExpiryBand.Later => "<span class=\"chip\">Later</span>",
        ExpiryBand.Never => "<span class=\"chip\">Never</span>",
        _ => "<span class=\"chip\">Not known</span>",
    });

    /// <summary>Marks data that are older than a day.</summary>
    public static void WriteOld(Html html, TimeSpan age) =>
        html.Raw("<span class=\"chip warn\">").Raw(ReportText.Duration(age)).Raw(" old</span>");
}
