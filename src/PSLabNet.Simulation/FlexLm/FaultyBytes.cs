using System.Collections.Generic;
using System.Text;
using PSLabNet.Bytes;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Simulation.FlexLm;

/// <summary>Answers that are wrong on purpose.</summary>
internal static class FaultyBytes
{
    private const int AbsurdLength = 3;
    private const ushort UnknownType = 0x7ABC;
    private const int EndlessFrames = 200;

    // A record of type alert (21), version 3.1, 2 bytes: fatal (2), decode error (50).
    private static readonly byte[] TlsAlert = [21, 3, 1, 0, 2, 2, 50];

    public static byte[] Spoil(FlexLmSimulatorFault fault, byte[] reply, int errorCode)
    {
        var bytes = (byte[])reply.Clone();
        bool isFrame = bytes[0] == WireConstants.FrameMark;
        switch (fault)
        {
            case FlexLmSimulatorFault.WrongCrc when isFrame:
                // The check byte covers the CRC, so it is corrected. Only the CRC stays wrong.
                bytes[WireConstants.CrcOffset + 1] ^= 0x01;
                bytes[WireConstants.CheckByteOffset] = unchecked((byte)(bytes[WireConstants.CheckByteOffset]
                    + bytes[WireConstants.CrcOffset + 1] - reply[WireConstants.CrcOffset + 1]));
                return bytes;
            case FlexLmSimulatorFault.WrongCrc:
            case FlexLmSimulatorFault.WrongCheckByte:
                bytes[WireConstants.CheckByteOffset] ^= 0x40;
                return bytes;
            case FlexLmSimulatorFault.AbsurdLength when isFrame:
                ByteOrder.WriteUInt16Big(bytes, WireConstants.LengthOffset, AbsurdLength);
                return bytes;
            case FlexLmSimulatorFault.UnknownType when isFrame:
                ByteOrder.WriteUInt16Big(bytes, WireConstants.TypeOffset, UnknownType);
                FlexLmFrame.Seal(bytes);
                return bytes;
            case FlexLmSimulatorFault.UnknownFirstByte:
            case FlexLmSimulatorFault.AbsurdLength:
            case FlexLmSimulatorFault.UnknownType:
                bytes[0] = 0x00;
                return bytes;
            case FlexLmSimulatorFault.Error:
                return ErrorReply.Encode(errorCode);
            case FlexLmSimulatorFault.ErrorWithoutNumber:
                return ErrorReply.EncodeWithoutNumber();
            case FlexLmSimulatorFault.Http:
                return Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            case FlexLmSimulatorFault.Tls:
                return [.. TlsAlert];
            case FlexLmSimulatorFault.Authenticated:
                return ErrorReply.Encode(FlexLmErrorCode.BadHandshake);
            default:
                return bytes;
        }
    }

    /// <summary>Usage frames that were not requested, without end.</summary>
    public static IEnumerable<byte[]> Endless(uint time)
    {
        byte[] frame = new UsageReply(UsageKind.Checkout, "endless", "host", "display", "1.0") { Since = time, Number = 1 }.Encode(time);
        for (int count = 0; count < EndlessFrames; count++)
        {
            yield return frame;
        }
    }
}
