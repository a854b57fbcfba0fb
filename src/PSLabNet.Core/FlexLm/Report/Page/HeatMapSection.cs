using System;
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

    public static void Write(Html html, FlexLmReport report)
    {
        if (report.HeatMaps.Count == 0)
        {
            return;
        }

        html.Raw("<section class=\"block\" id=\"hours\">\n<h2>When it is used</h2>\n<p class=\"quiet\">The average in use in each hour of the week, in the time of the computer that made this page. Darker: nearer to the busiest hour. A dash: not known.</p>\n");
        for (int at = 0; at < Math.Min(report.HeatMaps.Count, MostMaps); at++)
        {
            WriteMap(html, report.HeatMaps[at], at);
        }

        if (report.HeatMaps.Count > MostMaps)
        {
            html.Raw("<p class=\"quiet\">and ").Raw(ReportText.Count(report.HeatMaps.Count - MostMaps, "more feature")).Raw("</p>\n");
        }

        html.Raw("</section>\n");
    }

    private static void WriteMap(Html html, FlexLmHeatMap map, int at)
    {
        double busiest = 0;
        foreach (double? average in map.Averages)
        {
            busiest = Math.Max(busiest, average ?? 0);
        }

        html.Raw("<figure class=\"heat\">\n<figcaption id=\"h").Number(at).Raw("\"><b>").Text(map.Feature).Raw("</b> <span class=\"quiet\">").Text(map.Vendor);
        if (map.Server.Length > 0)
        {
            html.Raw(", ").Text(map.Server);
        }

        html.Raw("</span><br/>Busiest hour: ").Raw(Number(busiest));
        if (map.Issued is int issued)
        {
            html.Raw(" of ").Number(issued);
        }

        html.Raw(" in use on average</figcaption>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"h").Number(at).Raw("\"><table><thead><tr><th scope=\"col\">Hour</th>");
        for (int hour = 0; hour < WeekdayHours.Hours; hour++)
        {
            html.Raw("<th scope=\"col\">").Number(hour).Raw("</th>");
        }

        html.Raw("</tr></thead><tbody>");
        for (int day = 0; day < WeekdayHours.Days; day++)
        {
            html.Raw("<tr><th scope=\"row\">").Raw(DayNames[day]).Raw("</th>");
            for (int hour = 0; hour < WeekdayHours.Hours; hour++)
            {
                WriteCell(html, map.Averages[(day * WeekdayHours.Hours) + hour], busiest);
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
