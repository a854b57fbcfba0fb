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
    // Somebody may set the time of day while an answer is under way. Only a monotonic clock can measure how long it took.
    internal long Timestamp { get; init; } = Stopwatch.GetTimestamp();

    /// <summary>The datagram as users see it, decoded where it is a packet.</summary>
    internal IcePapTraffic ToTraffic() => new(ReceivedAt, Interface.Name, RemoteEndPoint.Address, Bytes);
}
