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

/// <summary>What a report must withstand in a browser: hostile text, a planted script, many features.</summary>
internal sealed class ReportChecks(IBrowser browser, Suite suite)
{
    /// <summary>A page of 5,000 features and 50,000 checkouts opens in less.</summary>
    private const double LoadLimitMs = 2000;

    /// <summary>A page in which every text means harm: it is shown, and nothing of it runs or is loaded.</summary>
    public async Task AttackAsync(string path)
    {
        await using WatchedPage page = await WatchedPage.OpenAsync(browser);
        await page.NavigateAsync(path);
        suite.Check(await page.EvaluateAsync<bool>("document.querySelector('h1').textContent.includes('<script>planted=1</script>')"), "Hostile text is shown as text");
        suite.Check(await page.EvaluateAsync<bool>("document.querySelectorAll('img').length === 0 && document.scripts.length === 1"), "Hostile text brings in no element");
        suite.Check(await page.EvaluateAsync<bool>("window.planted === undefined"), "Hostile text does not run");
        page.CheckComplaints(suite);
    }

    /// <summary>A script in the page, as an escape that failed would bring it in: the page's policy stops it.</summary>
    public async Task PlantAsync(string path)
    {
        await using WatchedPage page = await WatchedPage.OpenAsync(browser);
        await page.NavigateAsync(path);
        await page.Tab.EvaluateExpressionAsync("(() => { const s = document.createElement('script'); s.textContent = 'window.planted = 1'; document.body.append(s); const i = document.createElement('div'); i.innerHTML = '<img src=x onerror=\"window.planted = 2\">'; document.body.append(i); })()");
        suite.Check(await page.EvaluateAsync<bool>("new Promise(done => setTimeout(() => done(window.planted === undefined), 200))"), "A planted script does not run");
        suite.Check(page.Complaints.Count > 0, "The browser reports the violation, so that its absence elsewhere means something");
    }

    /// <summary>
    /// A large page: how long it takes to open, best of 3. On a machine that does other things at the same time, the
    /// clock measures those too: then the time that the page itself had the processor decides.
    /// </summary>
    public async Task MeasureAsync(string path)
    {
        double best = double.MaxValue;
        double bestProcessor = double.MaxValue;
        int elements = 0;
        for (int run = 0; run < 3; run++)
        {
            await using WatchedPage page = await WatchedPage.OpenAsync(browser);
            ICDPSession session = await page.Tab.CreateCDPSessionAsync();
            await session.SendAsync("Performance.enable", new { timeDomain = "threadTicks" });
            long started = Stopwatch.GetTimestamp();
            await page.NavigateAsync(path);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            JsonElement metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
            bestProcessor = Math.Min(bestProcessor, 1000 * metrics.EnumerateArray().Single(one => one.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble());
            elements = await page.EvaluateAsync<int>("document.querySelectorAll('*').length");
            page.CheckComplaints(suite);
        }

        suite.Check(
            Math.Min(best, bestProcessor) < LoadLimitMs,
            string.Create(CultureInfo.InvariantCulture, $"5,000 features and 50,000 checkouts open in under 2 s: {best:0} ms until painted, {bestProcessor:0} ms of them on the processor, {elements} elements, {new FileInfo(path).Length / 1e6:0.0} MB"));
    }
}
