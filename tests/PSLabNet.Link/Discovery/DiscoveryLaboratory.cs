using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Client;
using PSLabNet.IcePap.Discovery;
using PSLabNet.Link.Faults;
using PSLabNet.Link.Namespaces;
using PSLabNet.Simulation.IcePap;

namespace PSLabNet.Link.Discovery;

/// <summary>Devices behind a link that loses frames, and a client that searches for them.</summary>
internal sealed class DiscoveryLaboratory : IDisposable
{
    // The default of Find-IcePap.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly DiscoveryOptions options;
    private readonly Topology topology;
    private readonly IcePapSimulator simulator;

    /// <summary>Builds the laboratory.</summary>
    /// <param name="name">Prefix of the namespaces' names.</param>
    /// <param name="options">The options of the measurement.</param>
    public DiscoveryLaboratory(string name, DiscoveryOptions options)
    {
        this.options = options;
        topology = Topology.Create(name, isClientHere: false);
        try
        {
            var faults = new LinkFaults { Loss = options.Loss };
            topology.Link.SetToDevices(faults);
            topology.Link.SetToClient(faults);
            simulator = topology.AtDevices(() => IcePapSimulator.Start(
                SimulatedIcePapFactory.Create(options.Devices, [], [], []), new IcePapSimulatorOptions { Interface = topology.Devices }));
        }
        catch
        {
            topology.Dispose();
            throw;
        }
    }

    /// <summary>The part of the system that causes the loss.</summary>
    public string Worker => topology.Link.Worker;

    /// <summary>Searches for the devices once, with new sockets and new random numbers, like a call of Find-IcePap.</summary>
    /// <param name="number">Number of the run.</param>
    /// <param name="stop">Ends the run.</param>
    public async Task<DiscoveryRun> RunAsync(int number, CancellationToken stop)
    {
        topology.Link.Reseed(unchecked(options.Seed + (number * 2)));
        (FrameTally toDevices, FrameTally toClient) = Tally();
        var log = new DatagramCounter();
        var clock = Stopwatch.StartNew();

        // The socket opens in the client's namespace, before the first wait.
        IReadOnlyList<IcePapDevice> devices = await topology.AtClient(() =>
            new IcePapClient([topology.Client], log).DiscoverAsync(new IcePapTiming(Quiet, options.Retry)).ToListAsync(stop)).ConfigureAwait(false);
        TimeSpan duration = clock.Elapsed;
        (FrameTally devicesAfter, FrameTally clientAfter) = Tally();
        HashSet<MacAddress> addresses = [.. devices.Select(device => device.MacAddress)];
        int found = simulator.Devices.Count(device => addresses.Contains(device.MacAddress));
        return new DiscoveryRun(number, options.Devices - found, duration, log.Sent, log.Answers, Minus(devicesAfter, toDevices), Minus(clientAfter, toClient));
    }

    public void Dispose()
    {
        simulator.Dispose();
        topology.Dispose();
    }

    private static FrameTally Minus(FrameTally after, FrameTally before) =>
        new(after.Frames - before.Frames, after.Lost - before.Lost, after.Overrun - before.Overrun);

    private static FrameTally Tally(LinkCounters counters) => new(counters.Frames, counters.Lost, counters.Overrun);

    private (FrameTally ToDevices, FrameTally ToClient) Tally() => (Tally(topology.Link.CountToDevices()), Tally(topology.Link.CountToClient()));
}
