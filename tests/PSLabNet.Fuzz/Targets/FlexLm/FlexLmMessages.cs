using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text;
using PSLabNet.Bytes;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;

namespace PSLabNet.Fuzz.Targets.FlexLm;

/// <summary>Valid messages of both generations, and their mutation.</summary>
internal static class FlexLmMessages
{
    private static readonly FrameType[] Types = Enum.GetValues<FrameType>();
    private static readonly LegacyKind[] Kinds = Enum.GetValues<LegacyKind>();
    private static readonly ClientIdentity Identity = new() { User = "alice", Host = "ws1", Display = ":0", ProcessId = "4242" };

    /// <summary>At least one valid message of each kind.</summary>
    public static byte[][] Valid { get; } =
    [
        .. Resources.FlexLm,
        new HelloReply(11, 19, "lic1", "lmgrd").Encode(1),
        new HelloReply(11, 6, "lic1", "lmgrd").Encode(1),
        new VendorAddress("lic1", 1234).Encode(1),
        TextReply.Encode(1, "SERVER lic1 ANY\nVENDOR v\nINCREMENT f v 1.0 permanent 1 SIGN=A\n\0"u8.ToArray(), 63),
        TextReply.Encode(1, [], 0),
        .. TextReply.ToFrame(1, "VENDOR v\nINCREMENT f v 1.0 permanent 1 SIGN=A\n"u8.ToArray(), 45).Split(20).Select(part => part.Encode()),
        .. new FlexLmFrame(FrameType.LicenseStatus, 1, "\0\03\010\01700000000\0"u8.ToArray()).Split(7).Select(part => part.Encode()),
        new StatusReply(3, 10, 1700000000).Encode(1),
        new StatusReply(int.MaxValue, 0, long.MinValue).Encode(1),
        new UsageReply(UsageKind.Checkout, "alice", "ws1", "tty", "1.0") { Since = 1, Number = 2 }.Encode(1),
        new UsageReply(UsageKind.Checkout, "G", "", "", "") { Unknown = 1 }.Encode(1),
        UsageReply.Reservation("lab").Encode(1),
        LicenseSetsReply.Encode(1, [new LicenseSet("F", "N", "INCREMENT f v 1.0 permanent 1 SIGN=A"), new LicenseSet("G", "M", "FEATURE g v 1.0 permanent 2")]),
        new ManagerCommand(Identity, "lmgrd", "dlist").Encode(1),
        new StatusRequest("F", "S").Encode(1),
        VendorRequests.Features(1),
        VendorRequests.LicenseSets(1),
        new HelloRequest(Identity, "v").Encode(),
        new StatusReply(3, 10, 1700000000).EncodeOld(),
        .. LegacyTextReply.Encode(Encoding.ASCII.GetBytes(new string('t', 200))),
        ErrorReply.Encode(-60),
        ErrorReply.EncodeWithoutNumber(),
        new HelloReply(11, 16, "lic1", string.Empty).EncodeOk(),
        LegacyUsage.Encode(new UsageReply(UsageKind.Checkout, "alice", "ws1", ":0", "1.0") { Since = 1700000000, Count = 3 }),
        ErrorReply.Encode(int.MinValue),
        new StatusRequest("F", "S").EncodeOld(),
        VendorRequests.LegacyFeatures(),
    ];

    /// <summary>A valid message of any kind.</summary>
    public static byte[] Any(FuzzRandom random) => Valid[random.Below(Valid.Length)];

    /// <summary>Corrects length and checksums of bytes that begin like a message.</summary>
    private static void Mend(ByteBuffer message)
    {
        if (message.Length >= WireConstants.FrameHeaderLength && message[0] == WireConstants.FrameMark)
        {
            Span<byte> bytes = message.Span;
            BinaryPrimitives.WriteUInt16BigEndian(bytes[WireConstants.LengthOffset..], unchecked((ushort)bytes.Length));
            bytes[WireConstants.LengthHighOffset] = (byte)(bytes.Length >> 16);
            byte[] whole = bytes.ToArray();
            FlexLmFrame.Seal(whole);
            whole.CopyTo(bytes);
        }
        else if (message.Length > 0 && message[0] != WireConstants.FrameMark)
        {
            message.Truncate(WireConstants.LegacyMessageLength);
            message.InsertRun(message.Length, 0, WireConstants.LegacyMessageLength - message.Length);
            byte[] whole = message.ToArray();
            message[1] = unchecked((byte)(whole[0] + CheckByte.Sum(whole, 2, whole.Length - 2)));
        }
    }

    /// <summary>Mutates a message, usually so that it is still a message.</summary>
    public static void Mutate(ByteBuffer message, FuzzRandom random, byte[] other)
    {
        ByteMutator.Mutate(message, random, other);
        if (random.OneIn(12))
        {
            return;
        }

        if (random.OneIn(8) && message.Length >= WireConstants.FrameHeaderLength && message[0] == WireConstants.FrameMark)
        {
            int type = (int)Types[random.Below(Types.Length)];
            message[WireConstants.TypeOffset] = (byte)(type >> 8);
            message[WireConstants.TypeOffset + 1] = (byte)type;
        }
        else if (random.OneIn(8) && message.Length > 0)
        {
            message[0] = random.OneIn(3) ? WireConstants.FrameMark : (byte)Kinds[random.Below(Kinds.Length)];
        }

        if (random.OneIn(2_000))
        {
            message.InsertRun(Math.Min(message.Length, 24), random.NextByte(), 200 + random.Below(2 * WireConstants.MaxShortFrameLength));
        }

        message.Truncate(2 * WireConstants.MaxShortFrameLength);
        Mend(message);
    }
}
