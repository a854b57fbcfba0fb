using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using PSLabNet.Lab;
using PuppeteerSharp;

namespace PSLabNet.Browser;

/// <summary>The robustness of a report in a browser: hostile text, a planted script, many features.</summary>
internal sealed class ReportChecks(IBrowser browser, Suite suite)
{
    /// <summary>A page with only harmful texts: they are shown, and none of them runs or loads anything.</summary>
    public async Task AttackAsync(string path)
    {
        await using WatchedPage page = await WatchedPage.OpenAsync(browser);
        await page.NavigateAsync(path);
        suite.Check(await page.EvaluateAsync<bool>("document.querySelector('h1').textContent.includes('<script>planted=1</script>')"), "Hostile text is shown as text");
        suite.Check(await page.EvaluateAsync<bool>("document.querySelectorAll('img').length === 0 && document.scripts.length === 1"), "Hostile text brings in no element");
        suite.Check(await page.EvaluateAsync<bool>("window.planted === undefined"), "Hostile text does not run");
        page.CheckComplaints(suite);
    }

    /// <summary>A script in the page, as a failed escape would add it: the page's policy stops it.</summary>
    public async Task PlantAsync(string path)
    {
        await using WatchedPage page = await WatchedPage.OpenAsync(browser);
        await page.NavigateAsync(path);
        await page.Tab.EvaluateExpressionAsync("(() => { const s = document.createElement('script'); s.textContent = 'window.planted = 1'; document.body.append(s); const i = document.createElement('div'); i.innerHTML = '<img src=x onerror=\"window.planted = 2\">'; document.body.append(i); })()");
        suite.Check(await page.EvaluateAsync<bool>("new Promise(done => setTimeout(() => done(window.planted === undefined), 200))"), "A planted script does not run");
        suite.Check(page.Complaints.Count > 0, "The browser reports the violation, so that its absence elsewhere means something");
    }

    /// <summary>
    /// Compares a large page with the same elements without style and script. Each is the best of 3, in turns, so that a
    /// busy machine slows both. The measured time is that of the page's own main thread.
    /// </summary>
    public async Task MeasureAsync(string path, string barePath)
    {
        (double Painted, double Processor) report = (double.MaxValue, double.MaxValue);
        (double Painted, double Processor) bare = report;
        int elements = 0;
        for (int run = 0; run < 3; run++)
        {
            bare = Best(bare, await OpenAsync(barePath));
            await using WatchedPage page = await WatchedPage.OpenAsync(browser);
            report = Best(report, await OpenAsync(page, path));
            elements = await page.EvaluateAsync<int>("document.querySelectorAll('*').length");
            page.CheckComplaints(suite);
        }

        suite.Check(
            report.Processor < bare.Processor,
            string.Create(CultureInfo.InvariantCulture, $"5,000 features and 50,000 checkouts open faster than the same elements without style and script, which the browser lays out at once: {report.Processor / bare.Processor:0.0} times ({report.Processor:0} and {bare.Processor:0} ms of the processor, {report.Painted:0} and {bare.Painted:0} ms until painted), {elements} elements, {new FileInfo(path).Length / 1e6:0.0} MB"));
    }

    private static (double Painted, double Processor) Best((double Painted, double Processor) one, (double Painted, double Processor) other) =>
        (Math.Min(one.Painted, other.Painted), Math.Min(one.Processor, other.Processor));

    private async Task<(double Painted, double Processor)> OpenAsync(string path)
    {
        await using WatchedPage page = await WatchedPage.OpenAsync(browser);
        return await OpenAsync(page, path);
    }

    /// <summary>Opens a page and returns the milliseconds until it is painted, and the processor time of its main thread.</summary>
    private static async Task<(double Painted, double Processor)> OpenAsync(WatchedPage page, string path)
    {
        ICDPSession session = await page.Tab.CreateCDPSessionAsync();
        await session.SendAsync("Performance.enable", new { timeDomain = "threadTicks" });
        long started = Stopwatch.GetTimestamp();
        await page.NavigateAsync(path);
        double painted = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        JsonElement metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        return (painted, 1000 * metrics.EnumerateArray().Single(one => one.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble());
    }
}
