using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>The page as a whole: its head, and its sections in their order.</summary>
internal static class ReportPage
{
    public static void Write(Html html, ReportModel model)
    {
        WriteHead(html, model.Report);
        html.Raw("<body>\n<a class=\"skip\" href=\"#main\">Skip to content</a>\n");
        WriteTitle(html, model);
        html.Raw("<main id=\"main\">\n");
        SummarySection.Write(html, model);
        AttentionSection.Write(html, model);
        foreach (ServerGroup server in model.Servers)
        {
            ServerSection.Write(html, server, model.Report.Thresholds);
        }

        HolderSection.Write(html, model);
        ExpirySection.Write(html, model);
        DenialSection.Write(html, model.Report.Denials);
        NeedSection.Write(html, model.Report);
        UsageSection.Write(html, model.Report);
        HeatMapSection.Write(html, model.Report);
        html.Raw("</main>\n<footer><p>Made by PSLabNet. In use counts what checkouts hold; bars and percentages count reservations that nobody uses as well, as the server does: the pale end of a bar.</p></footer>\n");
        html.Raw("<script>").Raw(ReportAssets.Script).Raw("</script>\n</body>\n</html>\n");
    }

    private static void WriteHead(Html html, FlexLmReport report)
    {
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
            .Raw(ContentSecurityPolicy.For(ReportAssets.Style, ReportAssets.Script))
            .Raw("\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
            .Raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n")
            .Raw("<meta name=\"robots\" content=\"noindex\"/>\n<link rel=\"icon\" href=\"data:,\"/>\n<title>")
            .Value(report.Title)
            .Raw("</title>\n<style>").Raw(ReportAssets.Style).Raw("</style>\n</head>\n");
    }

    private static void WriteTitle(Html html, ReportModel model)
    {
        FlexLmReport report = model.Report;
        html.Raw("<header>\n<h1>").Text(report.Title).Raw("</h1>\n<p>")
            .Raw(ReportText.Count(model.Servers.Count, "server")).Raw(", ")
            .Raw(ReportText.Count(model.Features.Count, "feature")).Raw(", ")
            .Raw(ReportText.Count(model.CheckoutCount, "checkout"))
            .Raw(". As of <time datetime=\"").Raw(ReportText.Iso(report.GeneratedAt)).Raw("\">")
            .Time(report.GeneratedAt).Raw("</time>.</p>\n<nav aria-label=\"Sections\"><ul>");
        foreach (ServerGroup server in model.Servers)
        {
            html.Raw("<li><a href=\"#s").Number(server.Id).Raw("\">").Text(server.Name.Length == 0 ? "(no server)" : server.Name).Raw("</a></li>");
        }

        html.Raw(model.Users.Count > 0 ? "<li><a href=\"#users\">Users</a></li>" : string.Empty)
            .Raw("<li><a href=\"#expiry\">Expiry</a></li><li><a href=\"#denials\">Denials</a></li>")
            .Raw(report.Measured.Count > 0 ? "<li><a href=\"#needed\">How many licenses</a></li>" : string.Empty)
            .Raw(report.Use.Count > 0 ? "<li><a href=\"#use\">Use over time</a></li>" : string.Empty)
            .Raw(HeatMapSection.IsEmpty(report) ? string.Empty : "<li><a href=\"#hours\">Hours of the week</a></li>")
            .Raw("</ul></nav>\n</header>\n");
    }
}
