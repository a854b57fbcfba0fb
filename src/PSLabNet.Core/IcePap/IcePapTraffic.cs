using System;
using System.Net;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.IcePap;

/// <summary>A datagram received from the group. It may or may not be a valid packet.</summary>
public sealed class IcePapTraffic
{
    /// <summary>Decodes the bytes of a datagram.</summary>
    /// <param name="time">When it was received.</param>
    /// <param name="interface">Name of the interface of this machine that received it.</param>
    /// <param name="remoteAddress">The source address.</param>
    /// <param name="raw">All bytes of the datagram.</param>
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

    /// <summary>When it was received.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Name of the interface of this machine that received it.</summary>
    public string Interface { get; }

    /// <summary>The source address.</summary>
    public IPAddress RemoteAddress { get; }

    /// <summary>Whether it is a well-formed packet. A malformed packet crashes the listener of a real device.</summary>
    public bool IsValid => Packet is not null;

    /// <summary>The reason why it is not valid; null if it is valid.</summary>
    public string? Error { get; }

    /// <summary>The packet; null if it is not valid.</summary>
    public IcePapPacket? Packet { get; }

    /// <summary>All bytes of the datagram.</summary>
#pragma warning disable CA1819 // An array is what PowerShell users expect of bytes, and each object has its own.
    public byte[] Raw { get; }
#pragma warning restore CA1819

    /// <summary>Sender and command, or the error.</summary>
    public override string ToString() => Packet is null ? $"{RemoteAddress}: {Error}" : $"{Packet.Source}: {Packet.Command}";
}
