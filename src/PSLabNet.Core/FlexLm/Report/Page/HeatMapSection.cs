using System;
using System.Collections.Generic;
using System.Globalization;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>
/// Average use in each hour of the week. The numbers are in the cells; the color repeats them, as a share of the busiest hour.
/// </summary>
internal static class HeatMapSection
{
    /// <summary>Maximum number of maps on a page; the rest is counted.</summary>
    public const int MostMaps = 50;

    private const int Levels = 9;

    private static readonly string[] DayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>True if no feature was asked for, or nothing is known of any.</summary>
    public static bool IsEmpty(FlexLmReport report)
    {
        foreach (MeasuredFeature feature in report.Measured)
        {
            if (feature.Hours is not null)
            {
                return false;
            }
        }

        return true;
    }

    public static void Write(Html html, FlexLmReport report)
    {
        if (IsEmpty(report))
        {
            return;
        }

        var maps = new List<MeasuredFeature>();
        foreach (MeasuredFeature feature in report.Measured)
        {
            if (feature.Hours is not null)
            {
                maps.Add(feature);
            }
        }

        maps.Sort((left, right) => string.CompareOrdinal(left.Usage.Feature, right.Usage.Feature));

        html.Raw("<section class=\"block\" id=\"hours\">\n<h2>When it is used</h2>\n<p class=\"quiet\">The average in use in each hour of the week, in the time of the computer that made this page. Darker: nearer to the busiest hour. A dash: not known.</p>\n");
        for (int at = 0; at < Math.Min(maps.Count, MostMaps); at++)
        {
            WriteMap(html, maps[at], at);
        }

        if (maps.Count > MostMaps)
        {
            html.Raw("<p class=\"quiet\">and ").Raw(ReportText.Count(maps.Count - MostMaps, "more feature")).Raw("</p>\n");
        }

        html.Raw("</section>\n");
    }

    private static void WriteMap(Html html, MeasuredFeature map, int at)
    {
        double busiest = 0;
        foreach (double? average in map.Hours!)
        {
            busiest = Math.Max(busiest, average ?? 0);
        }

        html.Raw("<figure class=\"heat\">\n<figcaption id=\"h").Number(at).Raw("\"><b>").Text(map.Usage.Feature).Raw("</b> <span class=\"quiet\">").Text(map.Usage.Vendor);
        if (map.Usage.Server.Length > 0)
        {
            html.Raw(", ").Text(map.Usage.Server);
        }

        html.Raw("</span><br/>Busiest hour: ").Raw(Number(busiest));
        if (map.Usage.Issued is int issued)
        {
            html.Raw(" of ").Number(issued);
        }

        html.Raw(" in use on average</figcaption>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"h").Number(at).Raw("\"><table><thead><tr><th scope=\"col\">Hour</th>");
        for (int hour = 0; hour < MeasuredFeature.HoursPerDay; hour++)
        {
            html.Raw("<th scope=\"col\">").Number(hour).Raw("</th>");
        }

        html.Raw("</tr></thead><tbody>");
        for (int day = 0; day < MeasuredFeature.Days; day++)
        {
            html.Raw("<tr><th scope=\"row\">").Raw(DayNames[day]).Raw("</th>");
            for (int hour = 0; hour < MeasuredFeature.HoursPerDay; hour++)
            {
                WriteCell(html, map.Hours![(day * MeasuredFeature.HoursPerDay) + hour], busiest);
            }

            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div>\n</figure>\n");
    }

    private static void WriteCell(Html html, double? average, double busiest)
    {
        if (average is not double known)
        {
            html.Raw("<td>–</td>");
            return;
        }

        int level = busiest > 0 ? (int)Math.Round(Levels * Math.Max(0, known) / busiest) : 0;
        html.Raw(level > 0 ? "<td class=\"h" : "<td>");
        if (level > 0)
        {
            html.Number(level).Raw("\">");
        }

        html.Raw(Number(known)).Raw("</td>");
    }

    // Three digits fit into a cell.
    private static string Number(double value) => value.ToString(value is > 0 and < 9.95 ? "0.#" : "0", CultureInfo.InvariantCulture);
}
