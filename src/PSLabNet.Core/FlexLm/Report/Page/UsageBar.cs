using System;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>
/// A bar for use and reservations. It is drawn by attributes, because the page's policy forbids inline styles. The
/// numbers beside it say the same, so it is hidden from screen readers.
/// </summary>
internal static class UsageBar
{
    public static void Write(Html html, FeatureEntry entry)
    {
        if (entry.Percent is not double percent || entry.Used is not int used)
        {
            return;
        }

        double filled = Clamp(percent);
        double reserved = used > 0 ? Clamp(filled * Math.Min(1, (entry.Feature.Reserved ?? 0) / (double)used)) : 0;
        html.Raw("<svg class=\"bar").Raw(Tone(entry)).Raw("\" aria-hidden=\"true\">");
        if (filled > 0)
        {
            html.Raw("<rect width=\"").Number(filled).Raw("%\" height=\"100%\"/>");
        }

        if (reserved > 0)
        {
            html.Raw("<rect class=\"held\" x=\"").Number(filled - reserved).Raw("%\" width=\"").Number(reserved).Raw("%\" height=\"100%\"/>");
        }

        html.Raw("</svg>");
    }

    private static double Clamp(double percent) => Math.Max(0, Math.Min(100, percent));

    private static string Tone(FeatureEntry entry) => entry.IsFull ? " full" : entry.Percent >= FeatureEntry.BusyPercent ? " busy" : string.Empty;
}
