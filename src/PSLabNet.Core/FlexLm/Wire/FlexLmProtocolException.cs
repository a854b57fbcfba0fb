using System;

namespace PSLabNet.FlexLm.Wire;

/// <summary>The reason why bytes are not a valid message.</summary>
internal enum FlexLmProtocolFault
{
    /// <summary>No known message begins with this first byte.</summary>
    UnknownFirstByte,

    /// <summary>The peer speaks HTTP or TLS.</summary>
    OtherProtocol,

    /// <summary>A frame's length field is under 20.</summary>
    Length,

    /// <summary>The additive check byte (byte 1) is wrong.</summary>
    CheckByte,

    /// <summary>The CRC-14 (bytes 2 and 3) is wrong.</summary>
    Crc,

    /// <summary>The bytes end before a field does.</summary>
    Truncated,

    /// <summary>A field contains an invalid value.</summary>
    Malformed,

    /// <summary>A message of a kind that is not expected here.</summary>
    UnexpectedType,

    /// <summary>More bytes than are accepted from one server.</summary>
    TooMuch,
}

/// <summary>The only exception that a peer's bytes can cause: they are not a message of the FlexLM protocol, or not one that is expected here.</summary>
internal sealed class FlexLmProtocolException : Exception
{
    internal FlexLmProtocolException(FlexLmProtocolFault fault, string message)
        : base(message) => Fault = fault;

    /// <summary>The reason.</summary>
    public FlexLmProtocolFault Fault { get; }

    /// <summary>
    /// True if the next message cannot be found any more, so the connection is useless; false if the message was complete
    /// (length and checksums correct) and only its content is wrong.
    /// </summary>
    public bool EndsConnection => Fault is not (FlexLmProtocolFault.Truncated or FlexLmProtocolFault.Malformed or FlexLmProtocolFault.UnexpectedType);
}
