using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Text;

namespace PSLabNet.Fuzz.Targets.FlexLm;

/// <summary>Every reader of messages: a value that was read is written as the same message.</summary>
internal static class FlexLmMessageReaders
{
    // The five bytes after the time have no known meaning and are not kept, and neither is byte 17 if it is not part of the
    // length.
    public static void CheckFrame(FlexLmFrame frame, byte[] input)
    {
        byte[] written = frame.Encode();
        bool isPlain = !input.AsSpan(WireConstants.ReservedOffset, WireConstants.LengthHighOffset - WireConstants.ReservedOffset).ContainsAnyExcept((byte)0)
            && FlexLmFrame.ReadLength(input, 0) == input.Length;
        if (isPlain)
        {
            FuzzViolation.Demand(written.AsSpan().SequenceEqual(input), "encode(decode(b)) is not b");
            return;
        }

        FlexLmFrame back = FlexLmFrame.Decode(written);
        FuzzViolation.Demand(back.Type == frame.Type && back.Time == frame.Time && back.Flags == frame.Flags && back.Data.AsSpan().SequenceEqual(frame.Data), "decode(encode(x)) is not x");
    }

    public static void ReadFrame(FlexLmFrame frame, Outcome outcome)
    {
        // Latin-1 takes twice the bytes as UTF-8, which may be more than a frame holds.
        if (frame.Data.Length > WireConstants.MaxShortFrameLength / 2 - 200)
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

                // All known fields of such a frame are zero, and unknown fields are not kept: written again, it is a
                // reservation.
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

    public static void ReadOld(LegacyMessage message, Outcome outcome)
    {
        switch (message.Kind)
        {
            case LegacyKind.Hello:
                HelloRequest hello = HelloRequest.Decode(message);
                outcome.AddSize(hello.Vendor.Length);
                CheckPadded(hello);
                break;
            case LegacyKind.Ok:
                outcome.AddSize(HelloReply.DecodeOk(message).HostName.Length);
                break;
            case LegacyKind.Numbers when LegacyUsage.IsUsage(message, isStatusAwaited: false):
                UsageReply usage = LegacyUsage.Decode(message);
                outcome.AddFlag(usage.IsPartial);
                outcome.AddSize(usage.User.Length);
                FuzzViolation.Demand(usage.Count is null or > 0, "a checkout holds no license");
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

    // If the fields did not form groups of eight, the sets have no names and cannot be separated again.
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

    // A field of a fixed size is cut when it is written, if it has no room for its NUL, or has letters of several bytes.
    private static bool IsWhole(string text, int size) => text.Length < size && Ascii.IsValid(text);

    private static void Same<T>(T one, T other)
        where T : notnull => FuzzViolation.Demand(one.Equals(other), "decode(encode(x)) is not x");
}
