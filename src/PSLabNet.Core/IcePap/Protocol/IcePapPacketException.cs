using System;

namespace PSLabNet.IcePap.Protocol;

/// <summary>Bytes that are no packet of the IPAssign protocol. The message says what is wrong with them.</summary>
public sealed class IcePapPacketException : FormatException
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">What is wrong with the bytes.</param>
    internal IcePapPacketException(string message)
        : base(message)
    {
    }
}
