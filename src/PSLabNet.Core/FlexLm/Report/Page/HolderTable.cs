using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>Checkouts, queued requests and reservations of a feature. It is folded at first, and works without a script.</summary>
internal static class HolderTable
{
    public static void Write(Html html, FlexLmFeature feature)
    {
        var holders = new List<FlexLmCheckout>(feature.Checkouts);
        holders.Sort(LongestFirst);
        bool counts = false;
        bool versions = false;
        bool queued = false;
        foreach (FlexLmCheckout holder in holders)
        {
            counts |= holder.Count != 1;
            versions |= holder.Version.Length > 0 && holder.Version != feature.Version;
            queued |= holder.Kind == FlexLmCheckoutKind.Queued;
        }

        bool reserved = feature.Reservations.Count > 0;
        var columns = new HolderColumns(versions, queued || reserved, counts || reserved);
        html.Raw("<details><summary>").Raw(Heading(feature)).Raw("</summary><table class=\"holders\">");
        WriteHead(html, columns);
        html.Raw("<tbody>");
        foreach (FlexLmCheckout holder in holders)
        {
            WriteRow(html, holder, feature, columns);
        }

        foreach (FlexLmCheckout reservation in feature.Reservations)
        {
            WriteRow(html, reservation, feature, columns);
        }

        html.Raw("</tbody></table></details>");
    }

    private static string Heading(FlexLmFeature feature)
    {
        var users = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int waiting = 0;
        int holding = 0;
        foreach (FlexLmCheckout checkout in feature.Checkouts)
        {
            if (checkout.Kind == FlexLmCheckoutKind.Queued)
            {
                waiting++;
            }
            else
            {
                holding++;
                users.Add(checkout.User);
            }
        }

        var parts = new List<string>();
        if (holding > 0)
        {
            parts.Add(ReportText.Count(holding, "checkout") + " by " + ReportText.Count(users.Count, "user"));
        }

        if (waiting > 0)
        {
            parts.Add(ReportText.Count(waiting, "waiting", "waiting"));
        }

        if (feature.Reservations.Count > 0)
        {
            parts.Add(ReportText.Count(feature.Reservations.Count, "reservation"));
        }

        return string.Join(", ", parts);
    }

    // There may be 50,000 rows, so a column with one value is left out, and a display shares the column of its host.
    private static void WriteHead(Html html, HolderColumns columns) =>
        html.Raw("<thead><tr><th scope=\"col\" data-sort=\"text\">User</th><th scope=\"col\" data-sort=\"text\">Host</th>")
            .Raw(columns.Versions ? "<th scope=\"col\" data-sort=\"text\">Version</th>" : string.Empty)
            .Raw(columns.Kinds ? "<th scope=\"col\" data-sort=\"text\">Kind</th>" : string.Empty)
            .Raw(columns.Counts ? "<th scope=\"col\" class=\"number\" data-sort=\"number\">Licenses</th>" : string.Empty)
            .Raw("<th scope=\"col\" data-sort=\"time\" aria-sort=\"ascending\">Since</th>")
            .Raw("<th scope=\"col\">For</th></tr></thead>");

    private static void WriteRow(Html html, FlexLmCheckout checkout, FlexLmFeature feature, HolderColumns columns)
    {
        html.Raw("<tr><td>").Text(checkout.User).Raw("</td><td>");
        WriteHost(html, checkout);
        if (columns.Versions)
        {
            html.Raw("</td><td>").Text(checkout.Version);
        }

        if (columns.Kinds)
        {
            html.Raw("</td><td>").Raw(checkout.Kind switch
            {
                FlexLmCheckoutKind.Reservation => "reserved",
                FlexLmCheckoutKind.Queued => "waiting",
                _ => "holds",
            });
        }

        if (columns.Counts)
        {
            html.Raw("</td><td class=\"number\">").Number(checkout.Count);
        }

        html.Raw("</td><td>").Time(checkout.Since).Raw("</td><td>");
        TimeSpan? duration = checkout.Duration ?? (checkout.Since is DateTimeOffset since ? feature.CheckedAt - since : null);
        html.Raw(duration is TimeSpan held ? ReportText.Duration(held) : "–").Raw("</td></tr>");
    }

    private static void WriteHost(Html html, FlexLmCheckout checkout)
    {
        // An X display names its host: ws1:10.0.
        if (checkout.Display.Length == 0 || checkout.Display == checkout.HostName)
        {
            html.Text(checkout.HostName);
        }
        else if (checkout.Display.StartsWith(checkout.HostName + ":", StringComparison.Ordinal))
        {
            html.Text(checkout.Display);
        }
        else
        {
            html.Text(checkout.HostName).Raw(checkout.HostName.Length > 0 ? ", display " : "display ").Text(checkout.Display);
        }
    }

    private static int LongestFirst(FlexLmCheckout left, FlexLmCheckout right) =>
        (left.Since ?? DateTimeOffset.MaxValue).CompareTo(right.Since ?? DateTimeOffset.MaxValue) is int bySince and not 0
            ? bySince
            : string.CompareOrdinal(left.User, right.User);

    private readonly record struct HolderColumns(bool Versions, bool Kinds, bool Counts);
}
