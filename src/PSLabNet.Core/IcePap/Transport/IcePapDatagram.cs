using System;
using System.Diagnostics;
using System.Net;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Transport;

/// <summary>A datagram that a socket of the group received, not yet decoded.</summary>
/// <param name="Bytes">All bytes of the datagram.</param>
/// <param name="RemoteEndPoint">Its source address and port.</param>
/// <param name="Interface">The interface that received it.</param>
/// <param name="ReceivedAt">When it was received.</param>
internal sealed record IcePapDatagram(byte[] Bytes, IPEndPoint RemoteEndPoint, LocalInterface Interface, DateTimeOffset ReceivedAt)
{
    // The system time may be changed while an answer is under way. Only a monotonic clock can measure the response time.
    internal long Timestamp { get; init; } = Stopwatch.GetTimestamp();

    /// <summary>The datagram as users see it, decoded if it is a packet.</summary>
    internal IcePapTraffic ToTraffic() => new(ReceivedAt, Interface.Name, RemoteEndPoint.Address, Bytes);
}
