using System;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Threading.Tasks;

namespace PSLabNet.Lab.Processes;

/// <summary>This program in a second process: it writes a line when it is ready, answers lines with lines, and ends when its input ends.</summary>
public sealed class OwnProcess : IDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private bool isDisposed;

    private OwnProcess(Process process, string ready)
    {
        this.process = process;
        Ready = ready;
    }

    /// <summary>The line that reported that it is ready.</summary>
    public string Ready { get; }

    /// <summary>The start information to run this program again, by dotnet or by its own name.</summary>
    public static ProcessStartInfo StartInfo(params string[] arguments)
    {
        string path = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(path) == "dotnet" ? [Assembly.GetEntryAssembly()!.Location] : [];
        return new ProcessStartInfo(path, [.. assembly, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
    }

    /// <summary>Starts the process and waits until it is ready.</summary>
    /// <exception cref="IOException">The process ended before it was ready.</exception>
    public static async Task<OwnProcess> StartAsync(params string[] arguments)
    {
        Process process = Process.Start(StartInfo(arguments))!;
        return new OwnProcess(process, await ReadAsync(process));
    }

    /// <summary>Writes a line, and waits for the line that answers it.</summary>
    /// <exception cref="IOException">The process ended without an answer.</exception>
    public async Task<string> TellAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
        return await ReadAsync(process);
    }

    /// <summary>Closes its input, and waits until it has ended.</summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        process.StandardInput.Close();
        if (!process.WaitForExit(EndLimit))
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static async Task<string> ReadAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync() ?? throw new IOException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} ended early.");
}
