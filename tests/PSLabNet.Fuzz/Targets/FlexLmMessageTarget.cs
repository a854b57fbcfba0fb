using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PSLabNet.Bytes;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;
using PSLabNet.Text;

namespace PSLabNet.Fuzz.Targets;

/// <summary>
/// Messages of both generations, with every reader that there is for their kind. Only <see cref="FlexLmProtocolException"/>
/// may come; what is read is written as the same, byte for byte where no byte is without a known meaning.
/// </summary>
internal sealed class FlexLmMessageTarget : FuzzTarget
{
    private static readonly FrameType[] Types = Enum.GetValues<FrameType>();
    private static readonly LegacyKind[] Kinds = Enum.GetValues<LegacyKind>();
    private static readonly ClientIdentity Identity = new() { User = "alice", Host = "ws1", Display = ":0", ProcessId = "4242" };

    private static readonly byte[][] Valid = Messages();

    private readonly ByteBuffer buffer = new();

    public override string Name => "flexlm-message";

    public override int Share => 500;

    public override long AllocationConstant => 32 * 1024;

    public override long AllocationPerByte => 400;

    public override int LongestSeed => 1024;

    public override IReadOnlyList<byte[]> Seeds => Valid;

    /// <summary>One valid message of each kind at least.</summary>
    private static byte[][] Messages() =>
    [
        .. Resources.FlexLm,
        new HelloReply(11, 19, "lic1", "lmgrd").Encode(1),
        new HelloReply(11, 6, "lic1", "lmgrd").Encode(1),
        new VendorAddress("lic1", 1234).Encode(1),
        TextReply.Encode(1, "SERVER lic1 ANY\nVENDOR v\nINCREMENT f v 1.0 permanent 1 SIGN=A\n\0"u8.ToArray(), 63),
        TextReply.Encode(1, [], 0),
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
        ErrorReply.Encode(int.MinValue),
        new StatusRequest("F", "S").EncodeOld(),
        VendorRequests.LegacyFeatures(),
    ];

    /// <summary>A valid message, of any kind.</summary>
    public static byte[] AnyMessage(FuzzRandom random) => Valid[random.Below(Valid.Length)];

    /// <summary>Makes length and checksums of what begins as a message right.</summary>
    public static void Mend(ByteBuffer message)
    {
        if (message.Length >= WireConstants.FrameHeaderLength && message[0] == WireConstants.FrameMark)
        {
            Span<byte> bytes = message.Span;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(bytes[WireConstants.LengthOffset..], unchecked((ushort)bytes.Length));
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

    /// <summary>Spoils a message, mostly so that it is one still.</summary>
    public static void MutateMessage(ByteBuffer message, FuzzRandom random, byte[] other)
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
            message.InsertRun(Math.Min(message.Length, 24), random.NextByte(), 200 + random.Below(WireConstants.MaxFrameLength));
        }

        message.Truncate(WireConstants.MaxFrameLength);
        Mend(message);
    }

    public override byte[] Mutate(FuzzRandom random, SeedPool pool)
    {
        buffer.Set(pool.Pick(random));
        MutateMessage(buffer, random, pool.Pick(random));
        return buffer.ToArray();
    }

    public override void Run(byte[] input, Outcome outcome)
    {
        try
        {
            int length = FlexLmMessage.MeasureLength(input, 0, input.Length);
            FlexLmMessage message = FlexLmMessage.Decode(input);
            FuzzViolation.Demand(length == input.Length, "MeasureLength is not the length");
            outcome.IsValid = true;
            if (message.Frame is { } frame)
            {
                outcome.Add(Array.IndexOf(Types, frame.Type));
                CheckFrame(frame, input);
                ReadFrame(frame, outcome);
            }
            else
            {
                outcome.Add((int)message.Old!.Kind);
                FuzzViolation.Demand(message.Old.Encode().AsSpan().SequenceEqual(input), "encode(decode(b)) is not b");
                ReadOld(message.Old, outcome);
            }
        }
        catch (FlexLmProtocolException exception)
        {
            outcome.Add((int)exception.Fault);
            outcome.AddShape(exception.Message);
        }
    }

    // The eight bytes before the data have no known meaning and are not kept.
    private static void CheckFrame(FlexLmFrame frame, byte[] input)
    {
        byte[] written = frame.Encode();
        bool isPlain = !input.AsSpan(WireConstants.ReservedOffset, 8).ContainsAnyExcept((byte)0);
        if (isPlain)
        {
            FuzzViolation.Demand(written.AsSpan().SequenceEqual(input), "encode(decode(b)) is not b");
            return;
        }

        FlexLmFrame back = FlexLmFrame.Decode(written);
        FuzzViolation.Demand(back.Type == frame.Type && back.Time == frame.Time && back.Data.AsSpan().SequenceEqual(frame.Data), "decode(encode(x)) is not x");
    }

    private static void ReadFrame(FlexLmFrame frame, Outcome outcome)
    {
        // Latin-1 takes twice the bytes when it is written as UTF-8, which may be more than a frame holds.
        if (frame.Data.Length > WireConstants.MaxFrameLength / 2 - 200)
        {
            ReadLongFrame(frame, outcome);
            return;
        }

        switch (frame.Type)
        {
            case FrameType.Hello:
                HelloReply hello = HelloReply.Decode(frame);
                outcome.Add((int)hello.Generation);
                outcome.AddSize(hello.HostName.Length);
                Same(hello, HelloReply.Decode(FlexLmFrame.Decode(hello.Encode(1))));
                break;
            case FrameType.VendorAddress:
                VendorAddress address = VendorAddress.Decode(frame);
                Same(address, VendorAddress.Decode(FlexLmFrame.Decode(address.Encode(1))));
                break;
            case FrameType.Text:
                CheckText(TextReply.Decode(frame), outcome);
                break;
            case FrameType.LicenseStatus:
                StatusReply status = StatusReply.Decode(frame);
                outcome.AddSize(status.InUse);
                Same(status, StatusReply.Decode(FlexLmFrame.Decode(status.Encode(1))));
                break;
            case FrameType.Usage:
                UsageReply usage = UsageReply.Decode(frame);
                outcome.Add((int)usage.Kind);
                outcome.AddSize(usage.User.Length);

                // All that is known of such a frame is zero, and what is not, is not kept: written, it is a reservation.
                if (usage.Kind == UsageKind.Reservation || usage is not { Unknown: 0, Since: 0, Number: 0 } || !usage.User.StartsWith(WireConstants.ReservationMark))
                {
                    Same(usage, UsageReply.Decode(FlexLmFrame.Decode(usage.Encode(1))));
                }

                break;
            case FrameType.LicenseSets:
                CheckSets(LicenseSetsReply.Decode(frame), outcome);
                break;
            case FrameType.ManagerCommand:
                ManagerCommand command = ManagerCommand.Decode(frame);
                ManagerCommand same = ManagerCommand.Decode(FlexLmFrame.Decode(command.Encode(1)));
                FuzzViolation.Demand(
                    same.Command == command.Command && same.Daemon == command.Daemon && same.Identity.User == command.Identity.User && same.Identity.Display == command.Identity.Display,
                    "decode(encode(x)) is not x");
                break;
            case FrameType.LicenseStatusRequest:
                StatusRequest request = StatusRequest.Decode(frame);
                if (request.Signature.Length <= WireConstants.SignatureLength)
                {
                    Same(request, StatusRequest.Decode(FlexLmFrame.Decode(request.Encode(1))));
                }

                break;
            default:
                break;
        }
    }

    private static void ReadLongFrame(FlexLmFrame frame, Outcome outcome) => outcome.AddSize(frame.Type switch
    {
        FrameType.Hello => HelloReply.Decode(frame).HostName.Length,
        FrameType.VendorAddress => VendorAddress.Decode(frame).HostName.Length,
        FrameType.Text => TextReply.Decode(frame).Text.Length,
        FrameType.LicenseStatus => StatusReply.Decode(frame).InUse,
        FrameType.Usage => UsageReply.Decode(frame).User.Length,
        FrameType.LicenseSets => LicenseSetsReply.Decode(frame).Count,
        FrameType.ManagerCommand => ManagerCommand.Decode(frame).Command.Length,
        FrameType.LicenseStatusRequest => StatusRequest.Decode(frame).Feature.Length,
        _ => 0,
    });

    private static void ReadOld(LegacyMessage message, Outcome outcome)
    {
        switch (message.Kind)
        {
            case LegacyKind.Hello:
                HelloRequest hello = HelloRequest.Decode(message);
                outcome.AddSize(hello.Vendor.Length);
                CheckPadded(hello);
                break;
            case LegacyKind.Numbers:
                StatusReply status = StatusReply.DecodeOld(message);
                outcome.AddSize(status.Total);
                Same(status, StatusReply.DecodeOld(LegacyMessage.Decode(status.EncodeOld())));
                break;
            case LegacyKind.Text:
                var text = new List<byte>();
                int left = LegacyTextReply.Decode(message, text);
                outcome.AddSize(left);
                FuzzViolation.Demand(left >= 0 && text.Count <= WireConstants.LegacyTextCapacity, "more text than a message holds");
                break;
            case LegacyKind.Error:
                int code = ErrorReply.Decode(message);
                FuzzViolation.Demand(ErrorReply.Decode(LegacyMessage.Decode(ErrorReply.Encode(code))) == code, "decode(encode(x)) is not x");
                break;
            case LegacyKind.LicenseStatusRequest:
                StatusRequest request = StatusRequest.DecodeOld(message);
                if (IsWhole(request.Feature, 31) && IsWhole(request.Signature, 21))
                {
                    Same(request, StatusRequest.DecodeOld(LegacyMessage.Decode(request.EncodeOld())));
                }

                break;
            default:
                break;
        }
    }

    private static void CheckText(TextReply reply, Outcome outcome)
    {
        outcome.Add((int)reply.Length);
        outcome.AddSize(reply.Text.Length);
        byte[] bytes = Utf8OrLatin1.Encode(reply.Text);
        if (bytes.Length <= TextReply.Capacity)
        {
            TextReply back = TextReply.Decode(FlexLmFrame.Decode(TextReply.Encode(1, bytes, (ushort)bytes.Length)));
            FuzzViolation.Demand(back.Text == reply.Text && back.Length == TextLength.Agrees, "decode(encode(x)) is not x");
        }
    }

    // Where the fields were no groups of eight, the sets have no names and can't be told apart again.
    private static void CheckSets(IReadOnlyList<LicenseSet> sets, Outcome outcome)
    {
        outcome.AddSizes(sets);
        if (sets.Count > 0 && sets.All(set => set.FulfillmentId.Length > 0) && sets.Sum(set => set.LicenseText.Length + set.Names.Length + (2 * set.FulfillmentId.Length) + 100) < 16_000)
        {
            FuzzViolation.Demand(LicenseSetsReply.Decode(FlexLmFrame.Decode(LicenseSetsReply.Encode(1, sets))).SequenceEqual(sets), "decode(encode(x)) is not x");
        }
    }

    private static void CheckPadded(HelloRequest hello)
    {
        ClientIdentity who = hello.Identity;
        if (IsWhole(who.User, 21) && IsWhole(who.Host, 33) && IsWhole(hello.Vendor, 11) && IsWhole(who.Display, 33) && IsWhole(who.ProcessId, 11) && IsWhole(who.Platform, 13))
        {
            Same(hello, HelloRequest.Decode(LegacyMessage.Decode(hello.Encode())));
        }
    }

    // A field of a fixed size without room for its NUL, or with letters of several bytes, is cut when it is written.
    private static bool IsWhole(string text, int size) => text.Length < size && Ascii.IsValid(text);

    private static void Same<T>(T one, T other)
        where T : notnull => FuzzViolation.Demand(one.Equals(other), "decode(encode(x)) is not x");
}
