using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Simulation.IcePap;

/// <summary>An update that reached a simulated device.</summary>
/// <param name="Device">The device.</param>
/// <param name="PacketNumber">Number of the packet that brought it.</param>
/// <param name="Wanted">The settings in it.</param>
/// <param name="Taken">Whether the device did with them what it was told to; otherwise it rejected them.</param>
/// <param name="Code">What it acknowledged with; null if it acknowledged nothing.</param>
/// <param name="Running">The settings that it ran with afterwards.</param>
/// <param name="Flash">The settings in its flash afterwards.</param>
internal sealed record SimulatedIcePapUpdate(
    MacAddress Device,
    ushort PacketNumber,
    IcePapConfiguration Wanted,
    bool Taken,
    IcePapAcknowledgementCode? Code,
    IcePapConfiguration Running,
    IcePapConfiguration Flash);
