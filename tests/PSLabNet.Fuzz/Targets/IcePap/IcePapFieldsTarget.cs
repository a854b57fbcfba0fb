using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Net;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Fuzz.Targets.IcePap;

/// <summary>Packets from any fields: decode(encode(x)) = x, or a documented exception when the packet is created.</summary>
internal sealed class IcePapFieldsTarget : FuzzTarget
{
    private readonly ByteBuffer buffer = new();

    public override string Name => "icepap-fields";

    public override int Share => 2500;

    public override long AllocationConstant => 16 * 1024;

    public override long AllocationPerByte => 64;

    public override int LongestSeed => 1200;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        new byte[80], [0, .. new byte[20]], [1, 0, 15, .. new byte[60]], [2, 1, 16, .. new byte[40]], [3, .. new byte[1100]],
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, .. "iceeu4"u8, .. new byte[60]],
    ];

    public override byte[] Mutate(FuzzRandom random, SeedPool pool)
    {
        buffer.Set(pool.Pick(random));
        ByteMutator.Mutate(buffer, random, pool.Pick(random));
        return buffer.ToArray();
    }

    public override void Run(byte[] input, Outcome outcome)
    {
        var fields = new Fields(input);
        int kind = fields.Byte();
        MacAddress source = fields.Mac();
        ushort number = fields.UInt16();
        var command = (IcePapCommand)(fields.Byte() | (kind & 0x80) << 1);
        IcePapPacket packet;
        try
        {
            object? payload = (kind & 3) switch
            {
                0 => null,
                1 => Configuration(ref fields),
                2 => new IcePapAcknowledgement(fields.UInt16(), (IcePapAcknowledgementCode)fields.UInt16()),
                _ => fields.Rest(),
            };
            packet = (kind & 4) == 0 ? IcePapPacket.ToGroup(source, number, command, payload) : IcePapPacket.ToDevice(source, fields.Mac(), number, command, payload);
        }
        catch (ArgumentException exception)
        {
            outcome.AddShape(exception.Message);
            return;
        }

        outcome.IsValid = true;
        outcome.Add(kind & 7);
        outcome.AddSize(packet.PayloadSize);
        byte[] bytes = IcePapPacketCodec.Encode(packet);
        FuzzViolation.Demand(bytes.Length <= IcePapProtocol.MaxPacketSize, "a packet is too large");
        FuzzViolation.Demand(IcePapPacketCodec.TryDecode(bytes, out IcePapPacket? back, out _), "what is encoded does not decode");
        FuzzViolation.Demand(
            back!.Source == packet.Source && back.Destination == packet.Destination && back.PacketNumber == packet.PacketNumber
            && back.Command == packet.Command && back.TargetCount == packet.TargetCount && back.Checksum == packet.Checksum,
            "a field of the header is not what was encoded");
        FuzzViolation.Demand(SamePayload(packet, back), "the payload is not what was encoded");
    }

    // Data keep their bytes; data with the size of a configuration or an acknowledgement may be read as one with the same
    // bytes.
    private static bool SamePayload(IcePapPacket packet, IcePapPacket back) => (packet.Payload, back.Payload) switch
    {
        (IcePapConfiguration one, IcePapConfiguration other) => one.Equals(other),
        (IcePapAcknowledgement one, IcePapAcknowledgement other) => one.Equals(other),
        (byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other),
        _ => packet.Equals(back),
    };

    private static IcePapConfiguration Configuration(ref Fields fields) => new()
    {
        DeviceId = fields.Mac(),
        IPAddress = fields.Address(),
        Broadcast = fields.Address(),
        Netmask = fields.Address(),
        Gateway = fields.Address(),
        MacAddress = fields.Mac(),
        Apply = (IcePapApply)fields.UInt16(),
        Hostname = LooseText.Decode(fields.Rest(40)),
    };

    private ref struct Fields(byte[] bytes)
    {
        private int at;

        public byte Byte() => at < bytes.Length ? bytes[at++] : (byte)0;

        public ushort UInt16() => (ushort)(Byte() | Byte() << 8);

        public MacAddress Mac() => new([Byte(), Byte(), Byte(), Byte(), Byte(), Byte()]);

        public IPAddress Address()
        {
            Span<byte> four = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(four, (uint)(UInt16() | UInt16() << 16));
            return new IPAddress(four);
        }

        // Trailing NULs do not belong to a name.
        public byte[] Rest(int most = int.MaxValue)
        {
            int count = Math.Min(most, bytes.Length - at);
            byte[] rest = bytes.AsSpan(at, count).ToArray();
            at += count;
            return most == int.MaxValue ? rest : rest.AsSpan().TrimEnd((byte)0).ToArray();
        }
    }
}
