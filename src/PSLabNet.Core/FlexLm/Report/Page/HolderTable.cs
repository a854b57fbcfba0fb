using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>
/// Checkouts, queued requests and reservations of a feature, folded at first. They are lines of text with tabs between their
/// columns, below a line with the names of the columns: a page may have 50,000, and few of them are looked at. The script
/// makes a table of them where they are opened; without it, they are read as they are.
/// </summary>
/// <remarks>A tab or a line end in a value is escaped like every control character, so lines and columns are what they seem.</remarks>
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
        var columns = new HolderColumns(versions, queued || reserved, counts || reserved, CommonOffset(feature));
        html.Raw("<details><summary>").Raw(Heading(feature)).Raw("</summary><pre class=\"holders\">");
        WriteHead(html, columns);
        foreach (FlexLmCheckout holder in holders)
        {
            WriteLine(html, holder, feature, columns);
        }

        foreach (FlexLmCheckout reservation in feature.Reservations)
        {
            WriteLine(html, reservation, feature, columns);
        }

        html.Raw("</pre></details>");
    }

    // The offset of all times from UTC; null if they differ.
    private static TimeSpan? CommonOffset(FlexLmFeature feature)
    {
        TimeSpan? common = null;
        foreach (FlexLmCheckout holder in feature.Checkouts)
        {
            if (holder.Since is DateTimeOffset since)
            {
                if (common is TimeSpan other && other != since.Offset)
                {
                    return null;
                }

                common = since.Offset;
            }
        }

        return common;
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

    // A column with one value is left out, and a display shares the column of its host. The same offset is said once.
    private static void WriteHead(Html html, HolderColumns columns) =>
        html.Raw("User\tHost").Raw(columns.Versions ? "\tVersion" : string.Empty).Raw(columns.Kinds ? "\tKind" : string.Empty)
            .Raw(columns.Counts ? "\tLicenses" : string.Empty).Raw("\tSince")
            .Raw(columns.Offset is TimeSpan offset ? " (" + ReportText.Offset(offset) + ")" : string.Empty).Raw("\tFor");

    private static void WriteLine(Html html, FlexLmCheckout checkout, FlexLmFeature feature, HolderColumns columns)
    {
        html.Raw("\n").Text(checkout.User).Raw("\t");
        WriteHost(html, checkout);
        if (columns.Versions)
        {
            html.Raw("\t").Text(checkout.Version);
        }

        if (columns.Kinds)
        {
            html.Raw(checkout.Kind switch
            {
                FlexLmCheckoutKind.Reservation => "\treserved",
                FlexLmCheckoutKind.Queued => "\twaiting",
                _ => "\tholds",
            });
        }

        if (columns.Counts)
        {
            html.Raw("\t").Number(checkout.Count);
        }

        html.Raw("\t").Raw(checkout.Since is not DateTimeOffset time ? "–" : columns.Offset is null ? ReportText.Time(time) : ReportText.LocalTime(time)).Raw("\t");
        TimeSpan? duration = checkout.Duration ?? (checkout.Since is DateTimeOffset since ? feature.CheckedAt - since : null);
        html.Raw(duration is TimeSpan held ? ReportText.Duration(held) : "–");
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

    private readonly record struct HolderColumns(bool Versions, bool Kinds, bool Counts, TimeSpan? Offset);
}
