using System.CommandLine;
using System.IO;
using PSLabNet.Browser;
using PSLabNet.Lab;
using PSLabNet.Lab.Reports;
using PuppeteerSharp;

var folder = new Argument<DirectoryInfo>("folder") { Description = "Where the pages, and pictures of them, are saved." };
var path = new Argument<string?>("chromium") { Description = "The browser; the one on the path if not given.", DefaultValueFactory = _ => Chromium.Find() };
var root = new RootCommand("Opens reports in a headless Chromium and checks them. Exit code 2 without a Chromium.") { folder, path };
root.SetAction(async (parsed, _) =>
{
    if (parsed.GetValue(path) is not { } chromium)
    {
        return Suite.Skip("Chromium is not installed: the report was not looked at in a browser.");
    }

    DirectoryInfo pictures = parsed.GetRequiredValue(folder);
    pictures.Create();
    string Save(string name, string page)
    {
        string file = Path.Combine(pictures.FullName, name);
        File.WriteAllText(file, page);
        return file;
    }

    var suite = new Suite("Browser");
    try
    {
        await using IBrowser browser = await Chromium.StartAsync(chromium);
        string report = Save("report.html", ReportPages.Laboratory());
        var checks = new ReportChecks(browser, suite);
        await new LookChecks(browser, suite, pictures.FullName).RunAsync(report);
        await checks.PlantAsync(report);
        await checks.AttackAsync(Save("hostile.html", ReportPages.Hostile("\"'><img src=x onerror=planted=1></style></title><script>planted=1</script>\u202e\0")));
        string large = ReportPages.Large(5000, 50000);
        await checks.MeasureAsync(Save("large.html", large), Save("bare.html", ReportPages.Bare(large)));
    }
    catch (PuppeteerException e)
    {
        suite.Check(false, "The browser answers: " + e.Message);
    }

    return suite.Conclude();
});
return await root.RunAsync(args);
