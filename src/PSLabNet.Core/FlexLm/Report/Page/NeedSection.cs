using System;
using System.Globalization;
using System.Text;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>How many licenses were in use and needed, with a small plot of how long how many were in use.</summary>
internal static class NeedSection
{
    /// <summary>Maximum number of rows of the table; the rest is counted below it.</summary>
    private const int MostRows = 1000;

    private const double Width = 100;
    private const double Height = 20;

    public static void Write(Html html, FlexLmReport report)
    {
        if (report.Measured.Count == 0)
        {
            return;
        }

        html.Raw("<section class=\"block\" id=\"needed\">\n<h2>How many licenses</h2>\n<p class=\"quiet\">Needed: the smallest number with which nobody would have waited in so much of the time that the data cover. ")
            .Raw("The curve shows for which part of the time at least so many were in use; dashed: issued.</p>\n")
            .Raw("<div class=\"scroll\" role=\"region\" aria-label=\"How many licenses\" tabindex=\"0\"><table class=\"plain sortable needs\"><thead><tr>")
            .Raw("<th scope=\"col\" data-sort=\"text\">Feature</th>");
        foreach (string column in new[] { "Issued", "Peak", "Needed 95 %", "Needed 99 %", "Needed always", "Denials" })
        {
            html.Raw("<th scope=\"col\" class=\"number\" data-sort=\"number\">").Raw(column).Raw("</th>");
        }

        html.Raw("<th scope=\"col\" class=\"number\" data-sort=\"number\">Time covered</th><th scope=\"col\">Curve</th></tr></thead><tbody>");
        for (int at = 0; at < Math.Min(report.Measured.Count, MostRows); at++)
        {
            WriteRow(html, report.Measured[at]);
        }

        html.Raw("</tbody></table></div>\n");
        if (report.Measured.Count > MostRows)
        {
            html.Raw("<p class=\"quiet\">and ").Raw(ReportText.Count(report.Measured.Count - MostRows, "feature that lacks", "features that lack")).Raw(" no more</p>\n");
        }

        html.Raw("</section>\n");
    }

    private static void WriteRow(Html html, MeasuredFeature feature)
    {
        FlexLmUsage usage = feature.Usage;
        html.Raw("<tr><th scope=\"row\">").Text(usage.Feature).Raw(" <small>").Text(usage.Vendor);
        if (usage.Server.Length > 0)
        {
            html.Raw(", ").Text(usage.Server);
        }
        else if (usage.Source.Length > 0)
        {
            html.Raw(", from ").Text(usage.Source.Substring(usage.Source.LastIndexOfAny(['/', '\\']) + 1));
        }

        html.Raw("</small></th>");
        WriteNumber(html, usage.Issued);
        WriteNumber(html, usage.Peak);
        foreach (int? needed in new[] { usage.NeededFor95, usage.NeededFor99, usage.NeededForAll })
        {
            WriteNumber(html, needed, isMissing: needed > usage.Issued);
        }

        WriteNumber(html, usage.DenialCount);
        html.Raw("<td class=\"number\">").Raw(ReportText.Percent(100 * usage.Coverage)).Raw("</td><td>");
        WriteCurve(html, feature);
        html.Raw("</td></tr>");
    }

    private static void WriteNumber(Html html, int? number, bool isMissing = false) =>
        html.Raw(isMissing ? "<td class=\"number\"><b>" : "<td class=\"number\">").Number(number).Raw(isMissing ? "</b></td>" : "</td>");

    // The numbers of the row say the same, so the drawing is hidden from screen readers.
    private static void WriteCurve(Html html, MeasuredFeature feature)
    {
        int top = Math.Max(1, Math.Max(feature.Usage.Peak ?? 0, feature.Usage.Issued ?? 0));
        var path = new StringBuilder("M0 20");
        foreach (CurveStep step in feature.Curve)
        {
            path.Append('V').Append(Coordinate(Height - (Height * Math.Max(0, step.Level) / top))).Append('H').Append(Coordinate(Width * step.Share));
        }

        html.Raw("<svg class=\"curve\" viewBox=\"0 -1 100 22\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path class=\"area\" d=\"").Raw(path.ToString()).Raw("V20Z\"/>");
        if (feature.Usage.Issued is int issued)
        {
            html.Raw("<path class=\"issued\" d=\"M0 ").Raw(Coordinate(Height - (Height * issued / top))).Raw("H100\"/>");
        }

        html.Raw("</svg>");
    }

    private static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
