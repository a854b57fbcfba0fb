using System;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Logging;

namespace PSLabNet.Link.Discovery;

/// <summary>Counts the requests that a client sends and the answers that it receives, and prints its warnings.</summary>
internal sealed class DatagramCounter : ILabLog
{
    /// <summary>Number of datagrams that were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Number of configurations that were received, including repeated ones.</summary>
    public int Answers { get; private set; }

    public void Warning(string message) => Console.WriteLine("warning: " + message);

    public void Verbose(string message)
    {
    }

    public void Bytes(string message, byte[] bytes)
    {
        if (message.StartsWith("Sent", StringComparison.Ordinal))
        {
            Sent++;
        }
        else if (IcePapPacketCodec.TryDecode(bytes, out IcePapPacket? packet, out _) && packet.Command == IcePapCommand.SEND_CONFIG)
        {
            Answers++;
        }
    }
}
