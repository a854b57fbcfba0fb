using System;
using System.Collections.Concurrent;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PSLabNet.Browser;

/// <summary>A tab that collects what a page must not do: messages in the console, exceptions, requests, violations of its policy.</summary>
internal sealed class Page
{
    private static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(60);

    private readonly DevTools tools;
    private readonly string session;
    private readonly ConcurrentQueue<string> complaints = new();
    private TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string address = string.Empty;

    private Page(DevTools tools, string session)
    {
        this.tools = tools;
        this.session = session;
        tools.Happened += OnEvent;
    }

    /// <summary>Each in a line; empty if the page did nothing wrong.</summary>
    public string[] Complaints => [.. complaints];

    public static async Task<Page> OpenAsync(DevTools tools)
    {
        JsonNode target = await tools.SendAsync("Target.createTarget", new { url = "about:blank" });
        JsonNode attached = await tools.SendAsync("Target.attachToTarget", new { targetId = target["targetId"]!.GetValue<string>(), flatten = true });
        var page = new Page(tools, attached["sessionId"]!.GetValue<string>());
        foreach (string domain in new[] { "Page", "Runtime", "Log", "Network", "Audits" })
        {
            await page.SendAsync(domain + ".enable");
        }

        return page;
    }

    /// <summary>Drops the complaints after the first <paramref name="count"/>: those that a check provoked.</summary>
    public void ForgetAfter(int count)
    {
        string[] kept = Complaints[..count];
        complaints.Clear();
        foreach (string complaint in kept)
        {
            complaints.Enqueue(complaint);
        }
    }

    public Task<JsonNode> SendAsync(string method, object? parameters = null) => tools.SendAsync(method, parameters, session);

    public async Task NavigateAsync(string path)
    {
        loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        address = new Uri(path).AbsoluteUri;
        JsonNode answer = await SendAsync("Page.navigate", new { url = address });
        if (answer["errorText"] is JsonNode error)
        {
            throw new IOException(error.GetValue<string>());
        }

        await loaded.Task.WaitAsync(LoadLimit);

        // Two frames: then the first paint is done too, and not only asked for.
        await EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
    }

    /// <summary>The value of an expression; a promise is waited for.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode answer = await SendAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        return answer["exceptionDetails"] is JsonNode exception
            ? throw new InvalidOperationException(exception.ToJsonString())
            : answer["result"]!["value"];
    }

    public async Task ScreenshotAsync(string path, bool whole)
    {
        JsonNode answer = await SendAsync("Page.captureScreenshot", new { format = "png", captureBeyondViewport = whole });
        await File.WriteAllBytesAsync(path, Convert.FromBase64String(answer["data"]!.GetValue<string>()));
    }

    public Task SizeAsync(int width, int height, bool mobile) =>
        SendAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = mobile ? 2 : 1, mobile });

    public Task ColorSchemeAsync(string scheme) =>
        SendAsync("Emulation.setEmulatedMedia", new { media = string.Empty, features = new[] { new { name = "prefers-color-scheme", value = scheme } } });

    private void OnEvent(string method, JsonNode data, string? from)
    {
        if (from != session)
        {
            return;
        }

        switch (method)
        {
            case "Page.loadEventFired":
                loaded.TrySetResult();
                break;
            case "Runtime.consoleAPICalled":
                complaints.Enqueue("console: " + data["args"]!.ToJsonString());
                break;
            case "Runtime.exceptionThrown":
                complaints.Enqueue("exception: " + data["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded":
                complaints.Enqueue("log: " + data["entry"]!.ToJsonString());
                break;
            case "Audits.issueAdded":
                complaints.Enqueue("issue: " + data["issue"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent":
                string url = data["request"]!["url"]!.GetValue<string>();
                if (url != address && url != "data:,")
                {
                    complaints.Enqueue("request: " + url);
                }

                break;
        }
    }
}
