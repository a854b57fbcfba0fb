using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.Lab.Processes;

namespace PSLabNet.Soak.Client;

/// <summary>The process with the simulators, seen from the client.</summary>
internal sealed class WorldProcess : IDisposable
{
    private readonly OwnProcess process;

    private WorldProcess(OwnProcess process)
    {
        this.process = process;
        string[] ready = process.Ready.Split('\t');
        Devices = [.. ready[0].Split(' ').Select(MacAddress.Parse)];
        Servers = [.. ready.Skip(1).Select(server => (AddressOf(server.Split(' ')[0]), server.EndsWith("watched", StringComparison.Ordinal)))];
    }

    public IReadOnlyList<MacAddress> Devices { get; }

    public IReadOnlyList<(FlexLmServerAddress Address, bool IsWatched)> Servers { get; }

    public static async Task<WorldProcess> StartAsync(SoakOptions options, string folder) =>
        new(await OwnProcess.StartAsync("--world", folder, "--seed", options.Seed.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Sends a command to the simulators, and waits until it is done.</summary>
    public Task<string> TellAsync(string command) => process.TellAsync(command);

    public void Dispose() => process.Dispose();

    private static FlexLmServerAddress AddressOf(string text)
    {
        string[] parts = text.Split('@');
        return FlexLmServerAddress.Of(new FlexLmNode(parts[1], int.Parse(parts[0], CultureInfo.InvariantCulture)));
    }
}
