using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PuppeteerSharp;

namespace PSLabNet.Browser;

/// <summary>The Chromium of this machine, headless. Nothing is downloaded.</summary>
internal static class Chromium
{
    private const int AnswerLimitMs = 90_000;

    /// <summary>The first of the usual names on the path; null if none exists.</summary>
    public static string? Find() =>
        (from name in new[] { "chromium", "chromium-browser", "google-chrome", "chrome" }
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
         where folder.Length > 0
         let path = Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)
         where File.Exists(path)
         select path).FirstOrDefault();

    public static Task<IBrowser> StartAsync(string path) => Puppeteer.LaunchAsync(new LaunchOptions
    {
        ExecutablePath = path,
        IssuesEnabled = true,
        ProtocolTimeout = AnswerLimitMs,

        // Root may not use the sandbox, and a container's /dev/shm is small.
        Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--hide-scrollbars", "--force-color-profile=srgb"],
    });
}
