using System;

namespace PSLabNet.FlexLm.Wire;

/// <summary>What is wrong with bytes that should have been a message.</summary>
internal enum FlexLmProtocolFault
{
    /// <summary>The first byte begins no known message.</summary>
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

    /// <summary>A field holds what it can't hold.</summary>
    Malformed,

    /// <summary>A message of a kind that does not belong here.</summary>
    UnexpectedType,

    /// <summary>More bytes than are taken from one server.</summary>
    TooMuch,
}

/// <summary>The only exception that a peer's bytes can cause: they are not a message of the FlexLM protocol, or not one that is expected here.</summary>
internal sealed class FlexLmProtocolException : Exception
{
    internal FlexLmProtocolException(FlexLmProtocolFault fault, string message)
        : base(message) => Fault = fault;

    /// <summary>What is wrong.</summary>
    public FlexLmProtocolFault Fault { get; }

    /// <summary>
    /// True if the next message can't be found any more, so the connection is of no use;
    /// false if one message was whole (length and checksums right) and only what it says is wrong.
    /// </summary>
    public bool EndsConnection => Fault is not (FlexLmProtocolFault.Truncated or FlexLmProtocolFault.Malformed or FlexLmProtocolFault.UnexpectedType);
}
