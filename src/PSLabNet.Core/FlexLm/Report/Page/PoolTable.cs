using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>The pools of a feature that has several.</summary>
internal static class PoolTable
{
    public static void Write(Html html, IReadOnlyList<FlexLmPool> pools)
    {
        html.Raw("<details><summary>").Raw(ReportText.Count(pools.Count, "pool"))
            .Raw("</summary><table class=\"plain\"><thead><tr><th scope=\"col\">Version</th><th scope=\"col\" class=\"number\">In use</th>")
            .Raw("<th scope=\"col\" class=\"number\">Issued</th><th scope=\"col\" class=\"number\">Free</th><th scope=\"col\">Expires</th>")
            .Raw("<th scope=\"col\">Bound to</th><th scope=\"col\">Data</th></tr></thead><tbody>");
        foreach (FlexLmPool pool in pools)
        {
            html.Raw("<tr><td>").Text(pool.Version).Raw("</td><td class=\"number\">").Number(pool.InUse)
                .Raw("</td><td class=\"number\">").Number(pool.Issued).Raw("</td><td class=\"number\">").Number(pool.Available).Raw("</td><td>")
                .Raw(pool.Expires is System.DateTimeOffset day ? ReportText.Date(day) : pool.IsExpiryKnown ? "never" : "–")
                .Raw("</td><td>").Text(pool.HostId.Length > 0 ? pool.HostId : "any host").Raw("</td><td class=\"long\">");
            if (pool.IsComplete && pool.Error is null)
            {
                html.Raw("complete");
            }
            else
            {
                html.Raw("<b>incomplete</b> ").Text(pool.Error?.ToString());
            }

            html.Raw("</td></tr>");
        }

        html.Raw("</tbody></table></details>");
    }
}
