using System;
using System.Globalization;
using System.IO;
using System.Threading;
using PSLabNet.Browser;
using PSLabNet.Tests.Reports;

// Browser <folder> [chromium]: opens reports in a headless Chromium, checks them, and leaves pictures in the folder.
// Exit code 0: all is well. 1: something is wrong, each thing in a line. 2: there is no Chromium.
if (args.Length is < 1 or > 2)
{
    Console.Error.WriteLine("Browser <folder for pictures> [path of chromium]");
    return 1;
}

string? chromium = args.Length > 1 ? args[1] : Chromium.Find();
if (chromium is null)
{
    Console.WriteLine("Chromium is not installed: the report was not looked at in a browser.");
    return 2;
}

string folder = Directory.CreateDirectory(args[0]).FullName;
using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
try
{
    await using Chromium browser = await Chromium.StartAsync(chromium, limit.Token);
    await using var tools = new DevTools();
    await tools.ConnectAsync(browser.Endpoint, limit.Token);
    var checks = new ReportChecks(tools, folder);
    await checks.LookAsync(ReportFile.Save(folder, "report.html", SampleReport.Laboratory()));
    await checks.AttackAsync(ReportFile.Save(folder, "hostile.html", HostileReport.Of("\"'><img src=x onerror=planted=1></style></title><script>planted=1</script>\u202e\0")));
    await checks.MeasureAsync(ReportFile.Save(folder, "large.html", SampleReport.Large(5000, 50000)));
    Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "Browser: {0} passed, {1} failed", checks.Passed, checks.Failed));
    return checks.Failed == 0 ? 0 : 1;
}
catch (Exception e) when (e is IOException or InvalidOperationException or TimeoutException or OperationCanceledException or System.Net.WebSockets.WebSocketException)
{
    Console.WriteLine("FAILED the browser or the way to it: " + e.Message);
    return 1;
}
