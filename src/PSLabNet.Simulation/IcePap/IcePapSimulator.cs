using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Transport;
using PSLabNet.Logging;
using PSLabNet.Net;

namespace PSLabNet.Simulation.IcePap;

/// <summary>
/// Any number of simulated IcePAP devices on one interface, behind one socket. They receive what is sent to the group,
/// answer through the group, and keep their settings until they are stopped.
/// </summary>
public sealed class IcePapSimulator : IDisposable
{
    // Maximum time of one wait of the loops; then they wait again. It is not a deadline.
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(1);

    // In a flood, each device answers each request. This bounds the queue, like everything that the network can fill.
    // An answer takes about 250 bytes, so together at most 64 MiB.
    private const int MaxAnswersWaiting = 262_144;

    private readonly IcePapTransport transport;
    private readonly ConcurrentDictionary<MacAddress, SimulatedIcePap> devices;
    private readonly SimulatedControllers? controllers;
    private readonly ReceiveQueue<Answer> answers = new(MaxAnswersWaiting);
    private readonly CancellationTokenSource stopping = new();
    private readonly Random random = new();

    // Monotonic, because the time of day can be set back, and the devices would then be silent for that long.
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private volatile IcePapSimulatorOptions options;
    private long malformed;

    private IcePapSimulator(IcePapTransport transport, LocalInterface local, IcePapSimulatorOptions options, IReadOnlyCollection<IcePapConfiguration> settings)
    {
        this.transport = transport;
        Interface = local;
        this.options = options;
        devices = new(settings.Select(device => new KeyValuePair<MacAddress, SimulatedIcePap>(device.MacAddress, new SimulatedIcePap(this, device))));
        if (options.ControllerPort is { } port)
        {
            controllers = new SimulatedControllers(local, port);
            devices.Values.Take(SimulatedControllers.Most).ToList().ForEach(controllers.Follow);
        }

        Completion = Task.WhenAll(Task.Run(ListenAsync), Task.Run(SpeakAsync));
    }

    /// <summary>The devices, in the order of their MAC addresses.</summary>
    public IReadOnlyList<SimulatedIcePap> Devices => devices.Values.OrderBy(device => device.MacAddress).ToIndexable();

    /// <summary>The interface of the devices.</summary>
    public LocalInterface Interface { get; }

    /// <summary>How the devices behave.</summary>
    public IcePapSimulatorOptions Options => options;

    /// <summary>Whether the devices were stopped.</summary>
    public bool IsStopped => stopping.IsCancellationRequested;

    /// <summary>Number of malformed packets that reached the interface, and so every device on it.</summary>
    public long MalformedCount => Interlocked.Read(ref malformed);

    /// <summary>Ends when the simulator has stopped. Fails with the error if an error stopped it.</summary>
    public Task Completion { get; }

    /// <summary>Starts devices with these settings.</summary>
    /// <param name="devices">Their settings. Each needs its own MAC address.</param>
    /// <param name="options">How they behave; null for healthy hardware on loopback.</param>
    /// <exception cref="ArgumentException">There is no device, or two have the same MAC address.</exception>
    /// <exception cref="IcePapNetworkException">The interface cannot be used.</exception>
    public static IcePapSimulator Start(IReadOnlyCollection<IcePapConfiguration> devices, IcePapSimulatorOptions? options = null)
    {
        if (devices is null || devices.Count == 0)
        {
            throw new ArgumentException("There is no device to simulate.", nameof(devices));
        }

        options ??= new IcePapSimulatorOptions();
        if (devices.GroupBy(device => device.MacAddress).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two devices can't have the same MAC address {twice.Key}.", nameof(devices));
        }

        LocalInterface local = options.Interface
            ?? LocalInterface.GetAll().FirstOrDefault(candidate => candidate.IsLoopback && candidate.IsUp)
            ?? throw new IcePapNetworkException("There is no loopback interface that is up.", null);
        IcePapTransport transport = IcePapTransport.Open([local], LabLog.None);
        return new IcePapSimulator(transport, local, options, devices);
    }

    /// <summary>Switches some of the devices off. If no device is left, the simulator stops.</summary>
    /// <param name="stopped">The devices. Devices of other simulators are ignored.</param>
    public void Remove(IEnumerable<SimulatedIcePap> stopped)
    {
        foreach (SimulatedIcePap device in stopped ?? throw new ArgumentNullException(nameof(stopped)))
        {
            if (device.Simulator == this && devices.TryRemove(device.MacAddress, out _))
            {
                device.SwitchOff();
                controllers?.Remove(device);
            }
        }

        if (devices.IsEmpty)
        {
            Dispose();
        }
    }

    /// <summary>Changes how the devices behave from now on. They keep their settings, their counts and their interface.</summary>
    /// <param name="changed">How they behave.</param>
    internal void Behave(IcePapSimulatorOptions changed) => options = changed;

    /// <summary>The address of a device may have changed.</summary>
    internal void Follow(SimulatedIcePap device) => controllers?.Follow(device);

    /// <summary>Stops the devices and closes their sockets.</summary>
    public void Dispose()
    {
        stopping.Cancel();
        transport.Dispose();
        controllers?.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                if (await transport.ReceiveAsync(LongWait, stopping.Token).ConfigureAwait(false) is { } datagram)
                {
                    Hear(datagram);
                }
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Stopped on request. The cancellation or the closed socket may come first.
        }
    }

    private void Hear(IcePapDatagram datagram)
    {
        if (!IcePapPacketCodec.TryDecode(datagram.Bytes, out IcePapPacket? packet, out _))
        {
            Interlocked.Increment(ref malformed);
            return;
        }

        if (!packet.IsBroadcast)
        {
            foreach (MacAddress target in packet.Destinations)
            {
                if (devices.TryGetValue(target, out SimulatedIcePap? device))
                {
                    Pass(device, packet);
                }
            }

            return;
        }

        // Packets that our own devices send to the group all return. A device does not answer itself.
        if (!devices.ContainsKey(packet.Source))
        {
            foreach (SimulatedIcePap device in devices.Values)
            {
                Pass(device, packet);
            }
        }
    }

    private void Pass(SimulatedIcePap device, IcePapPacket packet)
    {
        if (!IsLost() && device.Answer(packet) is { } answer && !IsLost())
        {
            answers.Enqueue(new Answer(answer, clock.Elapsed + Options.Latency));
        }
    }

    // The wait is the same for every answer, so the first in the queue is always due first.
    private async Task SpeakAsync()
    {
        try
        {
            while (true)
            {
                if (await answers.DequeueAsync(LongWait, stopping.Token).ConfigureAwait(false) is not { } answer)
                {
                    continue;
                }

                // Task.Delay uses the system's coarse clock, and may end some milliseconds early.
                for (TimeSpan wait; Options.Latency > TimeSpan.Zero && (wait = answer.DueAt - clock.Elapsed) > TimeSpan.Zero;)
                {
                    await Task.Delay(wait < ShortestDelay ? ShortestDelay : wait, stopping.Token).ConfigureAwait(false);
                }

                Send(answer.Packet);
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Stopped on request. The socket may have been closed while it sent.
        }
    }

    private void Send(IcePapPacket packet)
    {
        try
        {
            transport.Send(packet, Interface);
        }
        catch (IcePapNetworkException) when (!IsStopped)
        {
            // The link is down. A real device would not be received either, and returns with the link.
        }
    }

    // Only the listening loop uses the random numbers.
    private bool IsLost() => Options.Loss > 0 && random.NextDouble() < Options.Loss;

    private sealed record Answer(IcePapPacket Packet, TimeSpan DueAt);
}
