using System;

namespace PSLabNet.IcePap.Protocol;

/// <summary>The bytes are not a packet of the IPAssign protocol. The message contains the reason.</summary>
public sealed class IcePapPacketException : FormatException
{
    /// <summary>Creates the exception with the reason.</summary>
    /// <param name="message">What is wrong with the bytes.</param>
    internal IcePapPacketException(string message)
        : base(message)
    {
    }
}
