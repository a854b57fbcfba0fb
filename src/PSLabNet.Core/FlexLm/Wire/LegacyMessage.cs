using System;
using PSLabNet.Bytes;

namespace PSLabNet.FlexLm.Wire;

/// <summary>A message of the old generation: 147 bytes, 0 kind (an ASCII character), 1 check byte over all the others, 2 body.</summary>
internal sealed class LegacyMessage
{
    public LegacyMessage(LegacyKind kind, byte[] body)
    {
        if (body.Length > WireConstants.LegacyMessageLength - WireConstants.LegacyBodyOffset)
        {
            throw new ArgumentOutOfRangeException(nameof(body), body.Length, "The body of an old message has 145 bytes.");
        }

        Kind = kind;
        Body = body;
    }

    public LegacyKind Kind { get; }

    /// <summary>From byte 2; 145 bytes if decoded, fewer if created here (the rest is sent as zero).</summary>
    public byte[] Body { get; }

    public static LegacyMessage Decode(byte[] bytes)
    {
        var reader = new WireReader(bytes, 0, bytes.Length);
        reader.Skip(WireConstants.LegacyMessageLength);
        if (reader.Remaining != 0)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.Length, "A message of the old generation has 147 bytes.");
        }

        byte check = CheckByteOf(bytes);
        if (bytes[WireConstants.CheckByteOffset] != check)
        {
            throw new FlexLmProtocolException(
                FlexLmProtocolFault.CheckByte,
                $"The check byte of a message is {bytes[WireConstants.CheckByteOffset]:X2}; {check:X2} would be right.");
        }

        var body = new byte[WireConstants.LegacyMessageLength - WireConstants.LegacyBodyOffset];
        Array.Copy(bytes, WireConstants.LegacyBodyOffset, body, 0, body.Length);
        return new LegacyMessage((LegacyKind)bytes[0], body);
    }

    public byte[] Encode()
    {
        var bytes = new byte[WireConstants.LegacyMessageLength];
        bytes[0] = (byte)Kind;
        Body.CopyTo(bytes, WireConstants.LegacyBodyOffset);
        bytes[WireConstants.CheckByteOffset] = CheckByteOf(bytes);
        return bytes;
    }

    private static byte CheckByteOf(byte[] bytes) => unchecked((byte)(bytes[0]
        + CheckByte.Sum(bytes, WireConstants.LegacyBodyOffset, bytes.Length - WireConstants.LegacyBodyOffset)));
}
