using System;
using System.Net;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Transport;

namespace PSLabNet.IcePap;

/// <summary>A datagram that was heard on the group, whether it is a packet or not.</summary>
public sealed class IcePapTraffic
{
    private IcePapTraffic(IcePapDatagram datagram, IcePapPacket? packet, string? error)
    {
        Time = datagram.ReceivedAt;
        Interface = datagram.Interface.Name;
        RemoteAddress = datagram.RemoteEndPoint.Address;
        Packet = packet;
        Error = error;
        Raw = datagram.Bytes;
    }

    /// <summary>When it came.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Name of the interface of this machine that it came in on.</summary>
    public string Interface { get; }

    /// <summary>Address that it came from.</summary>
    public IPAddress RemoteAddress { get; }

    /// <summary>Whether it is a well-formed packet. A real device's listener crashes on one that is not.</summary>
    public bool IsValid => Packet is not null;

    /// <summary>What is wrong with it; null if it is valid.</summary>
    public string? Error { get; }

    /// <summary>The packet; null if it is not valid.</summary>
    public IcePapPacket? Packet { get; }

    /// <summary>All bytes of the datagram.</summary>
#pragma warning disable CA1819 // An array is what PowerShell users expect of bytes, and each object has its own.
    public byte[] Raw { get; }
#pragma warning restore CA1819

    /// <summary>Looks into a datagram.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <exception cref="ArgumentNullException"><paramref name="datagram"/> is null.</exception>
    internal static IcePapTraffic Of(IcePapDatagram datagram)
    {
        ArgumentNullException.ThrowIfNull(datagram);

        return IcePapPacketCodec.TryDecode(datagram.Bytes, out IcePapPacket? packet, out string? error)
            ? new IcePapTraffic(datagram, packet, null)
            : new IcePapTraffic(datagram, null, error);
    }

    /// <summary>Sender and command, or what is wrong.</summary>
    public override string ToString() => Packet is null ? $"{RemoteAddress}: {Error}" : $"{Packet.Source}: {Packet.Command}";
}
