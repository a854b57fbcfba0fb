using System;
using System.Globalization;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>
/// Use of one feature as steps, with the licenses issued as a dashed line and a mark where requests were denied. The
/// drawing is stretched to the width of the page; its labels are text beside it, so that they stay readable on a phone.
/// </summary>
internal static class UsagePlot
{
    private const double Width = 1000;
    private const double Height = 100;

    public static void Write(Html html, FlexLmUsageSeries series, PlotSpan span)
    {
        int top = Math.Max(1, Math.Max(series.Peak, series.Issued ?? 0));
        long denied = 0;
        foreach (FlexLmUsePoint point in series.Points)
        {
            denied += point.Denied;
        }

        html.Raw("<figure>\n<figcaption><b>").Text(series.Feature).Raw("</b> <span class=\"quiet\">").Text(series.Vendor);
        if (series.Server.Length > 0)
        {
            html.Raw(", ").Text(series.Server);
        }
        else if (series.Source.Length > 0)
        {
            html.Raw(", from ").Text(series.Source.Substring(series.Source.LastIndexOfAny(['/', '\\']) + 1));
        }

        html.Raw("</span><br/>Peak ").Number(series.Peak);
        if (series.Issued is int issued)
        {
            html.Raw(" of ").Number(issued);
        }

        html.Raw(" on ").Time(series.PeakAt.ToOffset(span.From.Offset)).Raw(", average ").Number(series.Average)
            .Raw(denied > 0 ? ", " + ReportText.Count(denied, "denial") : string.Empty).Raw("</figcaption>\n<div class=\"chart\"><span class=\"top\">")
            .Number(top).Raw("</span><span class=\"zero\">0</span><svg viewBox=\"0 -8 1000 110\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
            .Value(series.Feature).Raw(" in use over time, peak ").Number(series.Peak).Raw(", average ").Number(series.Average).Raw("\">");
        WriteSteps(html, series, span, top);
        if (series.Issued is int limit)
        {
            string y = Y(limit, top);
            html.Raw("<path class=\"issued\" d=\"M0 ").Raw(y).Raw("H1000\"/>");
        }

        WriteDenials(html, series, span);
        html.Raw("</svg></div>\n<p class=\"axis\"><span>").Time(span.From).Raw("</span><span>").Time(span.To).Raw("</span></p>\n</figure>\n");
    }

    // Each interval is drawn at its peak, then at its last value, until the next interval.
    private static void WriteSteps(Html html, FlexLmUsageSeries series, PlotSpan span, int top)
    {
        var path = new System.Text.StringBuilder();
        double drawn = double.NaN;
        foreach (FlexLmUsePoint point in series.Points)
        {
            string from = X(point.Start, span);
            path.Append(path.Length == 0 ? $"M{from} {Y(point.Peak, top)}" : $"H{from}");
            Step(point.Peak);
            if (point.Last != point.Peak)
            {
                path.Append('H').Append(X(PlotSpan.End(point, series.Interval), span));
                Step(point.Last);
            }
        }

        // A server's own number is known up to the last query. A log contains every change, so its last number stays valid.
        FlexLmUsePoint last = series.Points[series.Points.Count - 1];
        string end = series.Server.Length > 0 ? X(PlotSpan.End(last, series.Interval), span) : X(span.To, span);
        path.Append('H').Append(end);
        string line = path.ToString();
        html.Raw("<path class=\"area\" d=\"").Raw(line).Raw("V100H").Raw(X(series.Points[0].Start, span)).Raw("Z\"/><path class=\"line\" d=\"").Raw(line).Raw("\"/>");

        void Step(int use)
        {
            if (use != drawn)
            {
                path.Append('V').Append(Y(use, top));
                drawn = use;
            }
        }
    }

    private static void WriteDenials(Html html, FlexLmUsageSeries series, PlotSpan span)
    {
        var path = new System.Text.StringBuilder();
        foreach (FlexLmUsePoint point in series.Points)
        {
            if (point.Denied > 0)
            {
                path.Append('M').Append(X(point.Start, span)).Append(" -7v5");
            }
        }

        if (path.Length > 0)
        {
            html.Raw("<path class=\"denied\" d=\"").Raw(path.ToString()).Raw("\"/>");
        }
    }

    private static string X(DateTimeOffset time, PlotSpan span) => Coordinate(span.Place(time, Width));

    private static string Y(int use, int top) => Coordinate(Height - (Height * use / top));

    private static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
