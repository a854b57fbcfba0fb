using System.Collections.Generic;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>A license server: its state, the nodes of a triad, its vendor daemons and their features.</summary>
internal static class ServerSection
{
    public static void Write(Html html, ServerGroup server, ReportThresholds thresholds)
    {
        html.Raw("<section class=\"server\" id=\"s").Number(server.Id).Raw("\">\n<h2>").Text(server.Name.Length == 0 ? "(no server)" : server.Name).Raw(" ");
        if (server.Status is FlexLmServerStatus status)
        {
            Badge.Write(html, status.Status);
            WriteAge(html, server);
            html.Raw("</h2>\n");
            WriteFacts(html, status);
            WriteMessages(html, status);
            WriteNodes(html, status.Nodes);
        }
        else
        {
            html.Raw("<span class=\"chip\">Status not asked</span>");
            WriteAge(html, server);
            html.Raw("</h2>\n");
        }

        for (int at = 0; at < server.Vendors.Count; at++)
        {
            WriteVendor(html, server, at, thresholds);
        }

        html.Raw("</section>\n");
    }

    private static void WriteAge(Html html, ServerGroup server)
    {
        if (server.Age is System.TimeSpan age)
        {
            html.Raw(" ");
            Badge.WriteOld(html, age);
        }
    }

    private static void WriteFacts(Html html, FlexLmServerStatus status)
    {
        html.Raw("<dl class=\"facts\">");
        Fact(html, status.Nodes.Count > 0 ? "Master" : "Host", status.HostName);
        Fact(html, "Port", status.Port > 0 ? status.Port.ToString(System.Globalization.CultureInfo.InvariantCulture) : string.Empty);
        Fact(html, "Manager", (status.Daemon + " " + status.Version).Trim());
        Fact(html, "License file", status.LicenseFile);
        Fact(html, "Answered in", status.ResponseTime is System.TimeSpan time ? ReportText.Milliseconds(time) : string.Empty);
        Fact(html, "Asked", status.CheckedAt == default ? string.Empty : ReportText.Time(status.CheckedAt));
        html.Raw("</dl>\n");
    }

    private static void Fact(Html html, string name, string value)
    {
        if (value.Length > 0)
        {
            html.Raw("<div><dt>").Raw(name).Raw("</dt><dd>").Text(value).Raw("</dd></div>");
        }
    }

    private static void WriteMessages(Html html, FlexLmServerStatus status)
    {
        if (status.Error is FlexLmError error)
        {
            html.Raw("<p class=\"message bad\"><b>Error:</b> ").Text(error.ToString()).Raw("</p>\n");
        }

        foreach (string warning in status.Warnings)
        {
            html.Raw("<p class=\"message warn\"><b>Note:</b> ").Text(warning).Raw("</p>\n");
        }
    }

    private static void WriteNodes(Html html, IReadOnlyList<FlexLmServerStatus> nodes)
    {
        if (nodes.Count == 0)
        {
            return;
        }

        html.Raw("<div class=\"scroll\" role=\"region\" aria-label=\"Nodes\" tabindex=\"0\"><table class=\"plain\"><thead><tr><th scope=\"col\">Node</th>")
            .Raw("<th scope=\"col\">Status</th><th scope=\"col\">Master</th><th scope=\"col\">Version</th><th scope=\"col\">Error</th></tr></thead><tbody>");
        foreach (FlexLmServerStatus node in nodes)
        {
            html.Raw("<tr><th scope=\"row\">").Text(node.HostName.Length > 0 ? node.HostName : node.Server).Raw("</th><td>");
            Badge.Write(html, node.Status);
            html.Raw("</td><td>").Raw(node.IsMaster ? "master" : string.Empty).Raw("</td><td>").Text(node.Version)
                .Raw("</td><td class=\"long\">").Text(node.Error?.ToString()).Raw("</td></tr>");
        }

        html.Raw("</tbody></table></div>\n");
    }

    private static void WriteVendor(Html html, ServerGroup server, int at, ReportThresholds thresholds)
    {
        VendorGroup vendor = server.Vendors[at];
        html.Raw("<section class=\"vendor\">\n<h3 id=\"s").Number(server.Id).Raw("v").Number(at).Raw("\">")
            .Text(vendor.Name.Length == 0 ? "(no vendor daemon)" : vendor.Name).Raw(" ");
        if (vendor.Status is FlexLmVendorStatus status)
        {
            Badge.Write(html, status.Status);
            html.Raw(" <span class=\"quiet\">").Text(Where(status)).Raw("</span>");
        }

        html.Raw("</h3>\n");
        if (vendor.Status?.Error is FlexLmError error)
        {
            html.Raw("<p class=\"message bad\"><b>Error:</b> ").Text(error.ToString()).Raw("</p>\n");
        }

        if (vendor.Features.Count > 0)
        {
            html.Raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"s").Number(server.Id).Raw("v").Number(at).Raw("\">");
            FeatureTable.Write(html, vendor.Features, thresholds);
            html.Raw("</div>\n");
        }

        html.Raw("</section>\n");
    }

    private static string Where(FlexLmVendorStatus status)
    {
        string where = status.Port > 0 && status.HostName.Length > 0
            ? string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}@{1}", status.Port, status.HostName)
            : status.HostName;
        return (status.Version + " " + where).Trim();
    }
}
