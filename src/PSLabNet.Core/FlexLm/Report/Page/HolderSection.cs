using System;
using System.Collections.Generic;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>Everything that each user holds, on all servers.</summary>
internal static class HolderSection
{
    /// <summary>Maximum number of rows of the table; the rest is counted below it.</summary>
    private const int MostUsers = 2000;

    /// <summary>Maximum number of features and of hosts in a row; the rest is counted.</summary>
    private const int MostNames = 12;

    public static void Write(Html html, ReportModel model)
    {
        IReadOnlyList<ReportHolder> users = model.Users;
        if (users.Count == 0)
        {
            return;
        }

        html.Raw("<section class=\"block\" id=\"users\">\n<h2>Who holds what</h2>\n")
            .Raw("<div class=\"scroll\" role=\"region\" aria-label=\"Users\" tabindex=\"0\"><table class=\"plain sortable users\"><thead><tr>")
            .Raw("<th scope=\"col\" data-sort=\"text\">User</th><th scope=\"col\" class=\"number\" data-sort=\"number\" aria-sort=\"descending\">Licenses</th>")
            .Raw("<th scope=\"col\" data-sort=\"text\">Features</th><th scope=\"col\" data-sort=\"text\">Hosts</th>")
            .Raw("<th scope=\"col\" data-sort=\"time\">Since</th></tr></thead><tbody>");
        for (int at = 0; at < Math.Min(users.Count, MostUsers); at++)
        {
            WriteRow(html, users[at]);
        }

        html.Raw("</tbody></table></div>\n");
        if (users.Count > MostUsers)
        {
            html.Raw("<p class=\"quiet\">and ").Raw(ReportText.Count(users.Count - MostUsers, "user who holds", "users who hold")).Raw(" no more</p>\n");
        }

        html.Raw("</section>\n");
    }

    private static void WriteRow(Html html, ReportHolder user)
    {
        html.Raw("<tr><th scope=\"row\">").Text(user.User).Raw("</th><td class=\"number\">").Number(user.Licenses).Raw("</td><td class=\"long\">");
        int shown = 0;
        foreach (KeyValuePair<FeatureEntry, long> held in user.Features)
        {
            if (shown++ == MostNames)
            {
                break;
            }

            html.Raw(shown > 1 ? ", " : string.Empty).Raw("<a href=\"#f").Number(held.Key.Id).Raw("\">").Text(held.Key.Feature.Name).Raw("</a>");
            if (held.Value != 1)
            {
                html.Raw(" (").Number(held.Value).Raw(")");
            }
        }

        WriteRest(html, user.Features.Count);
        html.Raw("</td><td class=\"long\">");
        shown = 0;
        foreach (string host in user.Hosts)
        {
            if (shown++ == MostNames)
            {
                break;
            }

            html.Raw(shown > 1 ? ", " : string.Empty).Text(host);
        }

        WriteRest(html, user.Hosts.Count);
        html.Raw("</td><td>").Time(user.Since).Raw("</td></tr>");
    }

    private static void WriteRest(Html html, int count)
    {
        if (count > MostNames)
        {
            html.Raw(" and ").Number(count - MostNames).Raw(" more");
        }
    }
}
