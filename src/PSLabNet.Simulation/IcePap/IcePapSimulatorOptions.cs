using System;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.Simulation.IcePap;

/// <summary>How simulated devices behave. As it stands: as healthy hardware on loopback does.</summary>
public sealed record IcePapSimulatorOptions
{
    /// <summary>
    /// The interface that the devices are on; null for loopback, since a fake device must never turn up in a real network
    /// by accident.
    /// </summary>
    public LocalInterface? Interface { get; init; }

    /// <summary>What updates are acknowledged with; null for no acknowledgement at all.</summary>
    public IcePapAcknowledgementCode? Acknowledgement { get; init; } = IcePapAcknowledgementCode.OK;

    /// <summary>How long a device is silent when it reboots; hardware takes about 45 s.</summary>
    public TimeSpan RebootTime { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Share of packets that get lost on the way to a device, and again of those that it sends; 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>How long a device takes to answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Is told of each update that reached a device, and of what the device made of it.</summary>
    internal Action<SimulatedIcePapUpdate>? Updated { get; init; }
}
