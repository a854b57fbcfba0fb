using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Soak.World;

/// <summary>
/// The process that is the devices and license servers. A process of its own, so that handles, threads and memory of the
/// client are the client's alone. It is told what to do by lines, and answers each with one.
/// </summary>
internal static class SimulatedWorld
{
    public const string JournalName = "world.journal";

    /// <summary>All faults are switched off.</summary>
    public const string Calm = "calm";

    /// <summary>Each device starts with what is in its flash.</summary>
    public const string PowerCycle = "cycle";

    /// <summary>What the simulators themselves have to say against their run, in one line; empty if nothing.</summary>
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

        // The client may also have died.
        await changing.CancelAsync();
        await Task.WhenAll(running);
        Console.WriteLine(string.Join("; ", servers.SelectMany(server => server.Complaints).Concat(devices.Complaints)));
        servers.ForEach(server => server.Dispose());
        return 0;
    }
}
