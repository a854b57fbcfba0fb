using PSLabNet.IcePap.Protocol;
using PSLabNet.Logging;

namespace PSLabNet.Soak.Client;

/// <summary>Records each update on the wire, from its bytes.</summary>
internal sealed class SendLog(Journal journal) : ILabLog
{
    public void Warning(string message)
    {
    }

    public void Verbose(string message)
    {
    }

    public void Bytes(string message, byte[] bytes)
    {
        if (message.StartsWith("Sent", System.StringComparison.Ordinal)
            && IcePapPacketCodec.TryDecode(bytes, out IcePapPacket? packet, out _)
            && packet is { Command: IcePapCommand.UPDATE_CONFIG, Payload: IcePapConfiguration settings })
        {
            journal.Add("S", Journal.Now, packet.Destination, packet.PacketNumber, Journal.Settings(settings));
        }
    }
}
