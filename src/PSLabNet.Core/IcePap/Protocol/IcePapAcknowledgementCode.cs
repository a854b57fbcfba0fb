using System.Diagnostics.CodeAnalysis;

namespace PSLabNet.IcePap.Protocol;

/// <summary>The device's result for a configuration: bytes 2 and 3 of an acknowledgement, little endian. Any other value is an error known only by its number.</summary>
[SuppressMessage("Naming", "CA1707:Identifiers should not contain underscores", Justification = "The protocol's own names, as its other tools print them.")]
[SuppressMessage("Design", "CA1028:Enum Storage should be Int32", Justification = "The field is 16 bits wide.")]
public enum IcePapAcknowledgementCode : ushort
{
    /// <summary>The device accepted the settings. This does not mean that they are correct.</summary>
    OK = 0x0000,

    /// <summary>The size of the packet was wrong.</summary>
    ERR_SIZE_PACK = 0x0140,

    /// <summary>The device could not open a socket.</summary>
    ERR_OPEN_SOCKET = 0x0141,

    /// <summary>The device could not clear an interface flag.</summary>
    ERR_CLEAR_FLAG = 0x0142,

    /// <summary>The gateway is invalid.</summary>
    ERR_BAD_GW = 0x0143,

    /// <summary>IP address, broadcast or netmask could not be set.</summary>
    ERR_SET_IP_BC_NM = 0x0145,

    /// <summary>The gateway could not be set.</summary>
    ERR_SET_GW = 0x0146,

    /// <summary>An interface flag could not be set.</summary>
    ERR_SET_FLAG = 0x0147,

    /// <summary>The multicast route could not be set.</summary>
    ERR_SET_MCAST = 0x0148,

    /// <summary>The hostname could not be set.</summary>
    ERR_SET_HOSTNAME = 0x0149,
}
