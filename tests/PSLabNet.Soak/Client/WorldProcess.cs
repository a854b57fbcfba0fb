using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.Soak.World;

namespace PSLabNet.Soak.Client;

/// <summary>The process with the simulators, as the client sees it.</summary>
internal sealed class WorldProcess : IDisposable
{
    private readonly Process process;

    private WorldProcess(Process process, string[] ready)
    {
        this.process = process;
        Devices = [.. ready[1].Split(' ').Select(MacAddress.Parse)];
        Servers = [.. ready.Skip(2).Select(server => (AddressOf(server.Split(' ')[0]), server.EndsWith("watched", StringComparison.Ordinal)))];
    }

    public IReadOnlyList<MacAddress> Devices { get; }

    public IReadOnlyList<(FlexLmServerAddress Address, bool IsWatched)> Servers { get; }

    public static async Task<WorldProcess> StartAsync(SoakOptions options, string folder)
    {
        ProcessStartInfo start = OwnProcess.With("--world", folder, "--seed", options.Seed.ToString(CultureInfo.InvariantCulture));
        Process process = Process.Start(start) ?? throw new InvalidOperationException("The simulators can't be started.");
        string? line = await process.StandardOutput.ReadLineAsync();
        return line?.Split('\t') is [SimulatedWorld.Ready, ..] ready
            ? new WorldProcess(process, ready)
            : throw new InvalidOperationException("The simulators did not start: " + line);
    }

    /// <summary>Tells the simulators something, and waits until it is done.</summary>
    public async Task<string> TellAsync(string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        await process.StandardInput.FlushAsync();
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The simulators are gone.");
    }

    public Task ExitAsync() => process.WaitForExitAsync();

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static FlexLmServerAddress AddressOf(string text)
    {
        string[] parts = text.Split('@');
        return FlexLmServerAddress.Of(new FlexLmNode(parts[1], int.Parse(parts[0], CultureInfo.InvariantCulture)));
    }
}
