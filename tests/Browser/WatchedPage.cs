using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;
using PSLabNet.Lab;
using PuppeteerSharp;

namespace PSLabNet.Browser;

/// <summary>A tab that collects what a page must not do: messages in the console, exceptions, requests, violations of its policy.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private const int LoadLimitMs = 60_000;

    private readonly ConcurrentQueue<string> complaints = new();
    private string address = string.Empty;

    private WatchedPage(IPage tab)
    {
        Tab = tab;
        tab.Console += (_, e) => complaints.Enqueue($"console: {e.Message.Text}");
        tab.PageError += (_, e) => complaints.Enqueue($"exception: {e.Message}");
        tab.Issue += (_, e) => complaints.Enqueue($"issue: {e.Issue.Code}");
        tab.Request += (_, e) =>
        {
            if (e.Request.Url != address && e.Request.Url != "data:,")
            {
                complaints.Enqueue($"request: {e.Request.Url}");
            }
        };
    }

    public IPage Tab { get; }

    /// <summary>The complaints, one line each; empty if the page did nothing wrong.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    /// <summary>Opens a tab with the size of a desktop.</summary>
    public static async Task<WatchedPage> OpenAsync(IBrowser browser)
    {
        var page = new WatchedPage(await browser.NewPageAsync());
        await page.SizeAsync(1280, 900, isMobile: false);
        return page;
    }

    /// <summary>Checks that there are no complaints.</summary>
    public void CheckComplaints(Suite suite) => suite.Check(complaints.IsEmpty, "Nothing in the console, no request, no violation of the policy", [.. complaints]);

    public async Task NavigateAsync(string path)
    {
        address = new Uri(path).AbsoluteUri;
        await Tab.GoToAsync(address, LoadLimitMs);
        await PaintAsync();
    }

    /// <summary>Waits until changes are painted: two frames, because the first is only requested.</summary>
    public Task PaintAsync() => Tab.EvaluateExpressionAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");

    public Task<T> EvaluateAsync<T>(string expression) => Tab.EvaluateExpressionAsync<T>(expression);

    public Task SizeAsync(int width, int height, bool isMobile) => Tab.SetViewportAsync(
        new ViewPortOptions { Width = width, Height = height, IsMobile = isMobile, DeviceScaleFactor = isMobile ? 2 : 1 });

    public Task ColorSchemeAsync(string scheme) =>
        Tab.EmulateMediaFeaturesAsync([new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = scheme }]);

    public async ValueTask DisposeAsync() => await Tab.DisposeAsync();
}
