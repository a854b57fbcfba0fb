using System;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Threading.Tasks;

namespace PSLabNet.Lab.Processes;

/// <summary>This program in a second process: it says in a line when it is ready, answers lines with lines, and ends with its input.</summary>
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

    /// <summary>The line that said that it is ready.</summary>
    public string Ready { get; }

    /// <summary>How this program is started again, by dotnet or by its own name.</summary>
    public static ProcessStartInfo StartInfo(params string[] arguments)
    {
        string path = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(path) == "dotnet" ? [Assembly.GetEntryAssembly()!.Location] : [];
        return new ProcessStartInfo(path, [.. assembly, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <exception cref="IOException">It ended before it was ready.</exception>
    public static async Task<OwnProcess> StartAsync(params string[] arguments)
    {
        Process process = Process.Start(StartInfo(arguments))!;
        return new OwnProcess(process, await ReadAsync(process));
    }

    /// <summary>Writes a line, and waits for the line that answers it.</summary>
    /// <exception cref="IOException">It ended without an answer.</exception>
    public async Task<string> TellAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
        return await ReadAsync(process);
    }

    /// <summary>Ends its input, and waits until it has ended too.</summary>
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
