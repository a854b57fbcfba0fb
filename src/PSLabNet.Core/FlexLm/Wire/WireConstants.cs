using System;

namespace PSLabNet.FlexLm.Wire;

/// <summary>The constants of the wire protocol, with the offsets of its fields.</summary>
internal static class WireConstants
{
    /// <summary>First byte of a frame of the new generation.</summary>
    public const byte FrameMark = 0x2F;

    /// <summary>Bytes of a frame's header; a frame is never shorter.</summary>
    public const int FrameHeaderLength = 20;

    /// <summary>The length of a frame has 24 bits: bytes 17, 4 and 5.</summary>
    public const int MaxFrameLength = (1 << 24) - 1;

    /// <summary>Maximum length of a frame if the server leaves byte 17 zero.</summary>
    public const int MaxShortFrameLength = ushort.MaxValue;

    /// <summary>
    /// The length of a frame between this and <see cref="MaxShortFrameLength"/> is hardly a coincidence: the sender reached
    /// the limit of 16 bits.
    /// </summary>
    public const int NearlyFullFrameLength = MaxShortFrameLength - 1024;

    /// <summary>Check byte: the sum of bytes 0 and 2..19, modulo 256.</summary>
    public const int CheckByteOffset = 1;

    /// <summary>CRC-14 of bytes 4..end, 2 bytes big endian.</summary>
    public const int CrcOffset = 2;

    /// <summary>Lower 16 bits of the length of the whole frame, 2 bytes big endian; also the first byte that the CRC covers.</summary>
    public const int LengthOffset = 4;

    /// <summary>Type, 2 bytes big endian.</summary>
    public const int TypeOffset = 6;

    /// <summary>Unix time in requests, token or time in replies, 4 bytes big endian.</summary>
    public const int TimeOffset = 8;

    /// <summary>Five bytes with unknown meaning: zero in requests.</summary>
    public const int ReservedOffset = 12;

    /// <summary>Upper 8 bits of the length of the whole frame.</summary>
    public const int LengthHighOffset = 17;

    /// <summary>Flags, 2 bytes big endian.</summary>
    public const int FlagsOffset = 18;

    /// <summary>Bytes before the text of a text frame: its length, 4 bytes big endian.</summary>
    public const int TextHeaderLength = 4;

    /// <summary>3 March 1973, before FlexLM existed: a smaller number is not a time.</summary>
    public const uint FirstTime = 100_000_000;

    /// <summary>Bytes of a message of the old generation, always the same.</summary>
    public const int LegacyMessageLength = 147;

    /// <summary>First byte after kind and check byte of a message of the old generation.</summary>
    public const int LegacyBodyOffset = 2;

    /// <summary>First byte of the text in an <c>L</c> message; bytes 2..12 hold the length in ASCII digits.</summary>
    public const int LegacyTextOffset = 13;

    /// <summary>Bytes of text in one <c>L</c> message.</summary>
    public const int LegacyTextCapacity = LegacyMessageLength - LegacyTextOffset;

    /// <summary>The first version that uses the new generation: 11.10.</summary>
    public const int NewGenerationVersion = (11 << 8) | 10;

    /// <summary>Number of characters of the signature in a status request.</summary>
    public const int SignatureLength = 20;

    /// <summary>Ends the text fields of a usage frame and of a status request.</summary>
    public const byte FieldsEnd = 0x01;

    /// <summary>NUL bytes between the signature and the final 01 of a status request, including the signature's own.</summary>
    public const int StatusRequestPadding = 4;

    /// <summary>First letter of the first field of a reservation.</summary>
    public const char ReservationMark = 'G';
}

/// <summary>Flags of a frame of the new generation, bytes 18 and 19, big endian.</summary>
[Flags]
internal enum FrameFlags
{
    None = 0,

    /// <summary>More frames of this message follow.</summary>
    More = 1,
}

/// <summary>Types of frames of the new generation, bytes 6 and 7, big endian.</summary>
internal enum FrameType
{
    /// <summary>Reply: status of one license.</summary>
    LicenseStatus = 0x004E,

    /// <summary>Request: a command to lmgrd.</summary>
    ManagerCommand = 0x0108,

    /// <summary>Reply to a hello.</summary>
    Hello = 0x010E,

    /// <summary>Reply of lmgrd to a hello with a vendor's name: the address of that vendor daemon.</summary>
    VendorAddress = 0x0113,

    /// <summary>Sent without a request, after a status: one checkout or reservation.</summary>
    Usage = 0x0114,

    /// <summary>Request: license sets of a vendor daemon.</summary>
    LicenseSetsRequest = 0x0127,

    /// <summary>Reply: license sets.</summary>
    LicenseSets = 0x0128,

    /// <summary>Request: names of a vendor daemon's features.</summary>
    FeaturesRequest = 0x013B,

    /// <summary>Request: status of one license.</summary>
    LicenseStatusRequest = 0x013C,

    /// <summary>Reply: text.</summary>
    Text = 0x0146,
}

/// <summary>Kinds of messages of the old generation, byte 0: lower case (and <c>=</c>) from the client, upper case from the server.</summary>
internal enum LegacyKind
{
    /// <summary><c>h</c>: hello, also to servers of the new generation.</summary>
    Hello = 'h',

    /// <summary><c>=</c>: names of the features.</summary>
    FeaturesRequest = '=',

    /// <summary><c>l</c>: status of one license.</summary>
    LicenseStatusRequest = 'l',

    /// <summary><c>L</c>: text.</summary>
    Text = 'L',

    /// <summary><c>N</c>: numbers.</summary>
    Numbers = 'N',

    /// <summary><c>O</c>: the answer of lmadmin to a hello.</summary>
    Ok = 'O',

    /// <summary><c>W</c>: an error number, or none.</summary>
    Error = 'W',
}
