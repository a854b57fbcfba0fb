using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace PSLabNet.IcePap.Protocol;

/// <summary>A packet of the IPAssign protocol, decoded or to be sent.</summary>
public sealed class IcePapPacket : IEquatable<IcePapPacket>
{
    private static readonly byte[] NoPayload = [];

    private readonly uint? receivedChecksum;

    // Null unless there are several targets, so the usual packet needs no list.
    private readonly MacAddress[]? targets;

    /// <summary>A packet to the whole group.</summary>
    /// <param name="source">MAC address of the sender.</param>
    /// <param name="packetNumber">Counter of the sender.</param>
    /// <param name="command">The command.</param>
    /// <param name="payload">An <see cref="IcePapConfiguration"/>, an <see cref="IcePapAcknowledgement"/>, at most 1024 bytes, or null for none.</param>
    /// <exception cref="ArgumentException">The payload is of another type or too large.</exception>
    public static IcePapPacket ToGroup(MacAddress source, ushort packetNumber, IcePapCommand command, object? payload) =>
        new(source, null, null, packetNumber, command, payload ?? NoPayload, null);

    /// <summary>A packet to one device (or from a device to one controller).</summary>
    /// <param name="source">MAC address of the sender.</param>
    /// <param name="destination">MAC address of the target.</param>
    /// <param name="packetNumber">Counter of the sender.</param>
    /// <param name="command">The command.</param>
    /// <param name="payload">An <see cref="IcePapConfiguration"/>, an <see cref="IcePapAcknowledgement"/>, at most 1024 bytes, or null for none.</param>
    /// <exception cref="ArgumentException">The payload is of another type or too large.</exception>
    public static IcePapPacket ToDevice(MacAddress source, MacAddress destination, ushort packetNumber, IcePapCommand command, object? payload) =>
        new(source, destination, null, packetNumber, command, payload ?? NoPayload, null);

    internal IcePapPacket(MacAddress source, MacAddress? destination, MacAddress[]? targets, ushort packetNumber, IcePapCommand command, object payload, uint? receivedChecksum)
    {
        Source = source;
        this.targets = targets;
        Destination = targets is null ? destination : targets[0];
        TargetCount = targets is null ? (ushort)(destination is null ? 0 : 1) : (ushort)targets.Length;
        PacketNumber = packetNumber;
        Command = command;
        Payload = payload;
        PayloadSize = payload switch
        {
            IcePapConfiguration => IcePapProtocol.ConfigurationSize,
            IcePapAcknowledgement => IcePapProtocol.AcknowledgementSize,
            byte[] { Length: <= IcePapProtocol.MaxPayloadSize } bytes => bytes.Length,
            byte[] => throw new ArgumentException($"A payload has at most {IcePapProtocol.MaxPayloadSize} bytes.", nameof(payload)),
            _ => throw new ArgumentException("A payload is a configuration, an acknowledgement or bytes.", nameof(payload)),
        };
        this.receivedChecksum = receivedChecksum;
    }

    /// <summary>Bytes 0 to 5: MAC address of the sender.</summary>
    public MacAddress Source { get; }

    /// <summary>
    /// Bytes 14 to 19: MAC address of the first target; null if the packet is for the whole group and has no
    /// such field.
    /// </summary>
    public MacAddress? Destination { get; }

    /// <summary>
    /// From byte 14 on, 6 bytes each: MAC addresses of all targets, as many as <see cref="TargetCount"/>; none if the packet is for
    /// the whole group.
    /// </summary>
    public IReadOnlyList<MacAddress> Destinations => (targets ?? (Destination is { } one ? [one] : [])).ToIndexable();

    /// <summary>Whether the packet is for the whole group (target count 0).</summary>
    public bool IsBroadcast => TargetCount == 0;

    /// <summary>Bytes 6 and 7, little endian: 0 for the whole group, else the number of targets. PSLabNet sends to one device at most.</summary>
    public ushort TargetCount { get; }

    /// <summary>Bytes 8 and 9, little endian: counter of the sender; wraps at 65535.</summary>
    public ushort PacketNumber { get; }

    /// <summary>Bytes 10 and 11, little endian.</summary>
    public IcePapCommand Command { get; }

    /// <summary>Bytes 12 and 13, little endian: bytes of the payload, 0 to 1024.</summary>
    public int PayloadSize { get; }

    /// <summary>
    /// An <see cref="IcePapConfiguration"/> (56 bytes), an <see cref="IcePapAcknowledgement"/> (4 bytes), or for other
    /// sizes and for the commands that carry data, the bytes.
    /// </summary>
    public object Payload { get; }

    /// <summary>The last 4 bytes, little endian: CRC-32 of all bytes before.</summary>
    public uint Checksum => receivedChecksum ?? IcePapPacketCodec.ChecksumOf(this);

    /// <summary>Whether two packets have the same bytes on the wire.</summary>
    /// <param name="other">The other packet.</param>
    public bool Equals(IcePapPacket? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Source == other.Source && PacketNumber == other.PacketNumber && Command == other.Command
            && IcePapPacketCodec.Encode(this).SequenceEqual(IcePapPacketCodec.Encode(other)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IcePapPacket);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((Source.GetHashCode() * 31 + PacketNumber) * 31 + (int)Command);

    /// <summary>The packet in readable form, one field per line.</summary>
    public override string ToString()
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.Append("source        = ").Append(Source).Append('\n');
        text.Append("destination   = ").Append(IsBroadcast ? "all (broadcast)" : string.Join(", ", Destinations)).Append('\n');
        text.Append("packet number = ").Append(PacketNumber.ToString(invariant)).Append('\n');
        text.Append("command       = ").Append(NameOf(Command)).Append('\n');
        text.Append("payload size  = ").Append(PayloadSize.ToString(invariant)).Append('\n');
        if (PayloadSize > 0)
        {
            string payload = Payload is byte[] bytes ? BitConverter.ToString(bytes).Replace('-', ' ') : $"{Payload}";
            text.Append(Payload is IcePapConfiguration ? "payload       = configuration\n    " : "payload       = ")
                .Append(payload.Replace("\n", "\n    ")).Append('\n');
        }

        return text.Append("checksum      = 0x").Append(Checksum.ToString("x8", invariant)).ToString();
    }

    private static string NameOf(IcePapCommand command)
    {
        string number = "0x" + ((ushort)command).ToString("x4", CultureInfo.InvariantCulture);
        return Enum.IsDefined(typeof(IcePapCommand), command) ? $"{command} ({number})" : number;
    }
}
