using System;
using System.Collections.Generic;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>Use over time: a plot for each feature. All plots have the same time span, so that they can be compared.</summary>
internal static class UsageSection
{
    /// <summary>Maximum number of plots on a page: one takes up to 10 KB, and nobody looks at more.</summary>
    public const int MostPlots = 120;

    public static void Write(Html html, FlexLmReport report)
    {
        if (report.Use.Count == 0)
        {
            return;
        }

        var series = new List<FlexLmUsageSeries>(report.Use);
        series.RemoveAll(one => one.Points.Count == 0);
        series.Sort(BusiestFirst);
        html.Raw("<section class=\"block\" id=\"use\">\n<h2>Use over time</h2>\n");
        if (series.Count > MostPlots)
        {
            html.Raw("<p class=\"quiet\">The ").Number(MostPlots).Raw(" that came closest to what is issued, of ").Number(series.Count).Raw(".</p>\n");
        }

        html.Raw("<p class=\"quiet\">Steps: the most in use within each interval. Dashed: issued. Marks at the top: denials.</p>\n<div class=\"plots\">\n");
        var span = PlotSpan.Of(series, report.GeneratedAt);
        for (int at = 0; at < Math.Min(series.Count, MostPlots); at++)
        {
            UsagePlot.Write(html, series[at], span);
        }

        html.Raw("</div>\n</section>\n");
    }

    private static int BusiestFirst(FlexLmUsageSeries left, FlexLmUsageSeries right) =>
        Fullness(right).CompareTo(Fullness(left)) is int byFullness and not 0 ? byFullness
            : right.Peak.CompareTo(left.Peak) is int byPeak and not 0 ? byPeak
            : string.CompareOrdinal(left.Feature, right.Feature);

    private static double Fullness(FlexLmUsageSeries series) => series.Issued is int issued && issued > 0 ? (double)series.Peak / issued : 0;
}

/// <summary>The span of time that all plots of a page show, and the offset in which it is written.</summary>
internal readonly record struct PlotSpan(DateTimeOffset From, DateTimeOffset To)
{
    public static PlotSpan Of(List<FlexLmUsageSeries> series, DateTimeOffset now)
    {
        DateTimeOffset from = DateTimeOffset.MaxValue;
        DateTimeOffset to = DateTimeOffset.MinValue;
        foreach (FlexLmUsageSeries one in series)
        {
            FlexLmUsePoint last = one.Points[one.Points.Count - 1];
            from = one.Points[0].Start < from ? one.Points[0].Start : from;

            // The last interval may not have ended yet.
            DateTimeOffset end = End(last, one.Interval);
            end = end > now && last.Start < now ? now : end;
            to = end > to ? end : to;
        }

        return series.Count == 0 ? default : new PlotSpan(from.ToOffset(now.Offset), to.ToOffset(now.Offset));
    }

    /// <summary>The end of a point's interval, at the latest on the last day that can be written in every offset.</summary>
    public static DateTimeOffset End(FlexLmUsePoint point, TimeSpan interval)
    {
        DateTimeOffset latest = DateTimeOffset.MaxValue.AddDays(-1);
        return point.Start < latest - interval ? point.Start + interval : latest;
    }

    /// <summary>Position of a time, from 0 to <paramref name="width"/>.</summary>
    public double Place(DateTimeOffset time, double width) =>
        To > From ? Math.Max(0, Math.Min(width, width * (time - From).Ticks / (To - From).Ticks)) : 0;
}
