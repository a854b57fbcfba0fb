using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Soak.World;

/// <summary>
/// The process with the devices and license servers. It is separate, so that handles, threads and memory of the client
/// process belong only to the client. It receives commands in lines, and answers each with one line.
/// </summary>
internal static class SimulatedWorld
{
    public const string JournalName = "world.journal";

    /// <summary>Switches all faults off.</summary>
    public const string Calm = "calm";

    /// <summary>Restarts each device with the settings in its flash.</summary>
    public const string PowerCycle = "cycle";

    /// <summary>Ends the process. The answer contains the simulators' own errors in one line; it is empty if there are none.</summary>
    public const string Quit = "quit";

    private const int ServerCount = 6;

    public static async Task<int> RunAsync(SoakOptions options)
    {
        using var journal = new Journal(Path.Combine(options.World!, JournalName));
        using var changing = new CancellationTokenSource();
        using var devices = new DeviceWeather(options.Seed, journal);
        List<ServerWeather> servers = [.. Enumerable.Range(0, ServerCount).Select(number => new ServerWeather(number, options.Seed, journal))];
        List<Task> running = [devices.RunAsync(changing.Token), .. servers.Select(server => server.RunAsync(changing.Token))];
        Console.WriteLine(string.Join('\t', [string.Join(' ', devices.Addresses), .. servers.Select(server => $"{server.Address} {(server.IsHonest ? "watched" : "polled")}")]));
        while (Console.ReadLine() is { } line && line != Quit)
        {
            if (line == Calm)
            {
                await changing.CancelAsync();
                await Task.WhenAll(running);
                devices.Calm();
                await Task.WhenAll(servers.Select(server => server.CalmAsync()));
            }
            else if (line == PowerCycle)
            {
                devices.PowerCycle();
            }

            Console.WriteLine(line);
        }

        // The client may also have ended unexpectedly.
        await changing.CancelAsync();
        await Task.WhenAll(running);
        Console.WriteLine(string.Join("; ", servers.SelectMany(server => server.Complaints).Concat(devices.Complaints)));
        servers.ForEach(server => server.Dispose());
        return 0;
    }
}
