using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.Net;
using PSLabNet.Simulation;

namespace LabTour;

/// <summary>The main job, against devices that the tour starts itself: find, change, refuse what would do harm, read traffic.</summary>
internal static class Tour
{
    private static readonly IcePapTiming Timing = new(TimeSpan.FromSeconds(1), 1);

    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        LocalInterface loopback = LocalInterface.GetAll().First(local => local.IsLoopback);
        Console.WriteLine($"Three simulated motor controllers start on {loopback}.");
        using var simulator = IcePapSimulator.Start(SimulatedIcePapFactory.Create(3, [], [], []), new IcePapSimulatorOptions());
        var client = new IcePapClient([loopback], new ConsoleLog());

        Heading("Find them: one question to the group, the answers as they come");
        IcePapDevice[] devices = await FindAsync(client, simulator, cancellationToken);
        foreach (IcePapDevice device in devices)
        {
            Console.WriteLine($"  {device.Hostname,-24} {device.IPAddress,-15} {device.MacAddress} after {device.ResponseTime.TotalMilliseconds:0.0} ms");
        }

        Heading("Give the first one a new name and address");
        var wishes = new IcePapSettings { Hostname = "theta-stage", IPAddress = IPAddress.Parse("172.24.200.7") };
        IcePapPlannedUpdate update = wishes.PlanFor(devices[0]);
        foreach (IcePapSettingChange change in update.Changes)
        {
            Console.WriteLine($"  {change}");
        }

        await client.UpdateAsync(update, cancellationToken: cancellationToken);
        Console.WriteLine($"  Read back: {await client.VerifyAsync(update, Timing, cancellationToken)}");

        Heading("What would take a device off the network is not sent");
        bool refused = Refuses(devices[1]);

        Heading("What the wire said: the acknowledgement, byte by byte");
        Console.WriteLine("  " + Decode("000cc669132d010001001000040000221906bf5802000000458aec12").Replace("\n", "\n  "));

        Heading("A license server: what it serves, and who holds it");
        bool listed = await LicenseTour.RunAsync(cancellationToken);

        bool done = devices.Length == 3 && refused && listed && simulator.Devices.Any(device => device.Hostname == "theta-stage");
        Console.WriteLine();
        Console.WriteLine(done ? "All of it went as it should." : "Something did not go as it should.");
        return done ? 0 : 1;
    }

    private static void Heading(string text)
    {
        Console.WriteLine();
        Console.WriteLine(text);
    }

    private static async Task<IcePapDevice[]> FindAsync(IcePapClient client, IcePapSimulator simulator, CancellationToken cancellationToken)
    {
        var devices = new List<IcePapDevice>();
        await foreach (IcePapDevice device in client.DiscoverAsync(Timing, cancellationToken))
        {
            devices.AddRange(simulator.Devices.Any(simulated => simulated.MacAddress == device.MacAddress) ? [device] : []);
            if (devices.Count == simulator.Devices.Count)
            {
                break;
            }
        }

        return [.. devices.OrderBy(device => device.MacAddress)];
    }

    private static bool Refuses(IcePapDevice device)
    {
        try
        {
            _ = new IcePapSettings { Gateway = IPAddress.Parse("10.0.0.1") }.PlanFor(device);
            return false;
        }
        catch (IcePapInvalidSettingsException e)
        {
            Console.WriteLine($"  {e.Message}");
            return true;
        }
    }

    private static string Decode(string hex) => IcePapPacketCodec.Decode(Convert.FromHexString(hex)).ToString();
}
