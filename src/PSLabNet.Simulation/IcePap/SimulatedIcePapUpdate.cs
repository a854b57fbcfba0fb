using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Simulation.IcePap;

/// <summary>An update that reached a simulated device.</summary>
/// <param name="Device">The device.</param>
/// <param name="PacketNumber">Number of the packet with the update.</param>
/// <param name="Wanted">The settings in the packet.</param>
/// <param name="Taken">Whether the device applied the settings as requested; otherwise it rejected them.</param>
/// <param name="Code">The code of its acknowledgement; null if it sent none.</param>
/// <param name="Running">Its running settings afterwards.</param>
/// <param name="Flash">The settings in its flash afterwards.</param>
internal sealed record SimulatedIcePapUpdate(
    MacAddress Device,
    ushort PacketNumber,
    IcePapConfiguration Wanted,
    bool Taken,
    IcePapAcknowledgementCode? Code,
    IcePapConfiguration Running,
    IcePapConfiguration Flash);
