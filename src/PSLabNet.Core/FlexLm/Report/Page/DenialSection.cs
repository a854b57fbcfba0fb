using System.Globalization;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>Denials by feature and reason, and the last ones.</summary>
internal static class DenialSection
{
    /// <summary>Maximum number of rows of the table; the rest is counted below it.</summary>
    private const int MostGroups = 1000;

    public static void Write(Html html, FlexLmDenialSummary? denials)
    {
        html.Raw("<section class=\"block\" id=\"denials\">\n<h2>Denials</h2>\n");
        if (denials is null)
        {
            html.Raw("<p class=\"quiet\">No log was read, so denials are not known.</p>\n</section>\n");
            return;
        }

        html.Raw("<p>").Raw(ReportText.Count(denials.Total, "denial"));
        if (denials.From is not null)
        {
            html.Raw(" in logs from ").Time(denials.From).Raw(" to ").Time(denials.To);
        }

        html.Raw(".</p>\n");
        if (denials.Total > 0)
        {
            WriteGroups(html, denials);
            WriteLatest(html, denials);
        }

        html.Raw("</section>\n");
    }

    private static void WriteGroups(Html html, FlexLmDenialSummary denials)
    {
        html.Raw("<div class=\"scroll\" role=\"region\" aria-label=\"Denials by feature and reason\" tabindex=\"0\"><table class=\"plain sortable\"><thead><tr>")
            .Raw("<th scope=\"col\" class=\"number\" data-sort=\"number\" aria-sort=\"descending\">Denials</th><th scope=\"col\" data-sort=\"text\">Feature</th>")
            .Raw("<th scope=\"col\" data-sort=\"text\">Vendor</th><th scope=\"col\" data-sort=\"text\">Reason</th>")
            .Raw("<th scope=\"col\" data-sort=\"time\">First</th><th scope=\"col\" data-sort=\"time\">Last</th></tr></thead><tbody>");
        int shown = 0;
        foreach (FlexLmDenialGroup group in denials.Groups)
        {
            if (++shown > MostGroups)
            {
                break;
            }

            html.Raw("<tr><td class=\"number\">").Number(group.Count).Raw("</td><th scope=\"row\">").Text(group.Feature)
                .Raw("</th><td>").Text(group.Vendor).Raw("</td><td class=\"long\">");
            WriteReason(html, group.Reason, group.ErrorNumber);
            html.Raw("</td><td>").Time(group.First).Raw("</td><td>").Time(group.Last).Raw("</td></tr>");
        }

        html.Raw("</tbody></table></div>\n");
        if (denials.Groups.Count > MostGroups)
        {
            html.Raw("<p class=\"quiet\">and ").Raw(ReportText.Count(denials.Groups.Count - MostGroups, "less frequent group")).Raw("</p>\n");
        }
    }

    private static void WriteLatest(Html html, FlexLmDenialSummary denials)
    {
        html.Raw("<details><summary>The last ").Number(denials.Latest.Count).Raw("</summary><table class=\"plain sortable\"><thead><tr>")
            .Raw("<th scope=\"col\" data-sort=\"time\" aria-sort=\"descending\">Time</th><th scope=\"col\" data-sort=\"text\">Feature</th>")
            .Raw("<th scope=\"col\" data-sort=\"text\">User</th><th scope=\"col\" data-sort=\"text\">Host</th>")
            .Raw("<th scope=\"col\" data-sort=\"text\">Reason</th></tr></thead><tbody>");
        foreach (FlexLmLogEvent denial in denials.Latest)
        {
            html.Raw("<tr><td>").Time(denial.Time).Raw("</td><td>").Text(denial.Feature).Raw("</td><td>").Text(denial.User)
                .Raw("</td><td>").Text(denial.HostName).Raw("</td><td class=\"long\">");
            WriteReason(html, denial.Reason, denial.ErrorNumber);
            html.Raw("</td></tr>");
        }

        html.Raw("</tbody></table></details>\n");
    }

    private static void WriteReason(Html html, string reason, int? number)
    {
        html.Text(reason.Length > 0 ? reason : "no reason given");
        if (number is int known)
        {
            html.Raw(" <small>(").Raw(known.ToString(CultureInfo.InvariantCulture)).Raw(")</small>");
        }
    }
}
