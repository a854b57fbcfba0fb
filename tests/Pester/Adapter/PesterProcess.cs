using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Pester;

/// <summary>A run of Invoke-PesterSuite.ps1 in the PowerShell of .config/dotnet-tools.json.</summary>
internal sealed class PesterProcess : IDisposable
{
    /// <summary>Maximum time without a line: each test that ends prints one. This is far more than any test takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string resultFile = Path.GetTempFileName();
    private readonly StringBuilder output = new();
    private readonly Process process;
    private readonly Task<string> errors;
    private int resultCount;

    private PesterProcess(IEnumerable<string> arguments)
    {
        process = Process.Start(StartInfo([.. arguments, "-Result", resultFile]))!;
        process.StandardInput.Close();
        errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    public static PesterProcess List() => new(["-List"]);

    public static PesterProcess Run(IReadOnlyList<PesterFile> files, bool withoutCI)
    {
        List<string> arguments = ["-NoNamespace", "-Path", string.Join(',', files.Select(file => file.Name))];
        if (withoutCI)
        {
            arguments.AddRange("-ExcludeTag", PesterTest.LeftToCI);
        }

        string[] lines = [.. files.Where(file => file.Without.Count > 0).Select(file => $"{file.Name}:{string.Join(':', file.Without)}")];
        if (lines.Length > 0)
        {
            arguments.AddRange("-ExcludeLine", string.Join(',', lines));
        }

        return new PesterProcess(arguments);
    }

    /// <summary>The next line that it prints.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The line; null if the process has ended, or was ended because it printed nothing for too long.</returns>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(patience.Token);
            output.AppendLine(line);
            return line;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            output.AppendLine(CultureInfo.InvariantCulture, $"It printed nothing for {Patience.TotalMinutes} minutes, and is ended.");
            process.Kill(entireProcessTree: true);
            return null;
        }
    }

    /// <summary>Returns the results that were not read yet.</summary>
    public IReadOnlyList<PesterTest> ReadResults()
    {
        PesterTest[] results = [.. File.ReadLines(resultFile).Skip(resultCount).Select(PesterTest.Parse)];
        resultCount += results.Length;
        output.Clear();
        return results;
    }

    /// <summary>Waits for the end of the process.</summary>
    /// <returns>Its output since the results were read, and its exit code.</returns>
    public async Task<string> WaitForEndAsync()
    {
        await process.WaitForExitAsync(CancellationToken.None);
        return $"{output}{await errors}It ended with exit code {process.ExitCode}.";
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        process.Dispose();
        File.Delete(resultFile);
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, ["pwsh", "-NoProfile", "-NonInteractive", "-File", Repository.Script, .. arguments])
        {
            WorkingDirectory = Repository.PesterFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("PSLABNET_TEST_NAMESPACE");
        return start;
    }
}
