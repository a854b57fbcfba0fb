using System;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.Simulation.IcePap;

/// <summary>How simulated devices behave. The defaults are those of healthy hardware, on loopback.</summary>
public sealed record IcePapSimulatorOptions
{
    /// <summary>
    /// The interface of the devices. Null for loopback, because a simulated device must never appear in a real network by
    /// accident.
    /// </summary>
    public LocalInterface? Interface { get; init; }

    /// <summary>The code in acknowledgements of updates. If it is null, updates are not acknowledged.</summary>
    public IcePapAcknowledgementCode? Acknowledgement { get; init; } = IcePapAcknowledgementCode.OK;

    /// <summary>How long a device is silent when it reboots. Hardware takes about 45 s.</summary>
    public TimeSpan RebootTime { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Fraction of packets that are lost on the way to a device, and again on the way back: 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>Time from a request to the answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The firmware that the devices simulate.</summary>
    public SimulatedFirmware Firmware { get; init; }

    /// <summary>
    /// The TCP port of the controllers, which tell their firmware, racks and drivers. Null if none listens. A device listens on its
    /// IP address if that is one of this machine's; on loopback otherwise on the same address with 127 as its first number. At most
    /// 1,000 devices listen.
    /// </summary>
    public int? ControllerPort { get; init; } = 5000;

    /// <summary>Called for each update that reached a device, with what the device did.</summary>
    internal Action<SimulatedIcePapUpdate>? Updated { get; init; }
}
