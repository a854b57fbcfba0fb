using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Browser;

/// <summary>A headless Chromium with a profile of its own, and its DevTools protocol on a port of loopback that it chooses.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly string profile;

    private Chromium(Process process, string profile, Uri endpoint)
    {
        this.process = process;
        this.profile = profile;
        Endpoint = endpoint;
    }

    /// <summary>Of the browser as a whole.</summary>
    public Uri Endpoint { get; }

    /// <summary>The first of the usual names that is on the path; null if there is none.</summary>
    public static string? Find() =>
        (from name in new[] { "chromium", "chromium-browser", "google-chrome", "chrome" }
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
         where folder.Length > 0
         let path = Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)
         where File.Exists(path)
         select path).FirstOrDefault();

    public static async Task<Chromium> StartAsync(string path, CancellationToken cancellation)
    {
        string profile = Directory.CreateTempSubdirectory("pslabnet-browser").FullName;
        var start = new ProcessStartInfo(path) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in new[]
        {
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--force-color-profile=srgb", "--user-data-dir=" + profile, "--remote-debugging-address=127.0.0.1", "--remote-debugging-port=0", "about:blank",
        })
        {
            start.ArgumentList.Add(argument);
        }

        // Closing the pipes from our side would end the browser with SIGPIPE: both are read to their end.
        Process process = Process.Start(start) ?? throw new InvalidOperationException("Chromium did not start.");
        var endpoint = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        const string Announcement = "DevTools listening on ";
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(Announcement, StringComparison.Ordinal) == true)
            {
                endpoint.TrySetResult(new Uri(line.Data[Announcement.Length..]));
            }
        };
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => endpoint.TrySetException(new InvalidOperationException("Chromium ended before it listened."));
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        try
        {
            return new Chromium(process, profile, await endpoint.Task.WaitAsync(StartLimit, cancellation));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        try
        {
            Directory.Delete(profile, recursive: true);
        }
        catch (IOException e)
        {
            // A child that outlives its parent for a moment may still write; the folder is in the temporary one.
            await Console.Error.WriteLineAsync("The profile stays: " + e.Message);
        }
    }
}
