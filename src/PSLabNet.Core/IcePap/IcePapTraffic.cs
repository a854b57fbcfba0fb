using System;
using System.Net;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.IcePap;

/// <summary>A datagram that was heard on the group, whether it is a packet or not.</summary>
public sealed class IcePapTraffic
{
    /// <summary>Decodes the bytes of a datagram.</summary>
    /// <param name="time">When it came.</param>
    /// <param name="interface">Name of the interface of this machine that it came in on.</param>
    /// <param name="remoteAddress">Address that it came from.</param>
    /// <param name="raw">All its bytes.</param>
    internal IcePapTraffic(DateTimeOffset time, string @interface, IPAddress remoteAddress, byte[] raw)
    {
        Time = time;
        Interface = @interface;
        RemoteAddress = OrderedIPAddress.Of(remoteAddress);
        Raw = raw;
        _ = IcePapPacketCodec.TryDecode(raw, out IcePapPacket? packet, out string? error);
        Packet = packet;
        Error = error;
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

    /// <summary>Sender and command, or what is wrong.</summary>
    public override string ToString() => Packet is null ? $"{RemoteAddress}: {Error}" : $"{Packet.Source}: {Packet.Command}";
}
