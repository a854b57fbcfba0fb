using System;
using System.Diagnostics;
using System.Net;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Transport;

/// <summary>What a socket of the group received, not looked into yet.</summary>
/// <param name="Bytes">All bytes of the datagram.</param>
/// <param name="RemoteEndPoint">Where it came from.</param>
/// <param name="Interface">The interface that it came in on.</param>
/// <param name="ReceivedAt">When it came.</param>
internal sealed record IcePapDatagram(byte[] Bytes, IPEndPoint RemoteEndPoint, LocalInterface Interface, DateTimeOffset ReceivedAt)
{
    // The time of day may be set while an answer is under way: how long that took, only a clock that nobody sets can tell.
    internal long Timestamp { get; init; } = Stopwatch.GetTimestamp();

    /// <summary>The datagram as users see it, decoded where it is a packet.</summary>
    internal IcePapTraffic ToTraffic() => new(ReceivedAt, Interface.Name, RemoteEndPoint.Address, Bytes);
}
