using System.Diagnostics.CodeAnalysis;

namespace PSLabNet.IcePap.Protocol;

/// <summary>The request or the answer in a packet: bytes 10 and 11 of the packet, little endian. Other values occur and are kept.</summary>
[SuppressMessage("Naming", "CA1707:Identifiers should not contain underscores", Justification = "The protocol's own names, as its other tools print them.")]
[SuppressMessage("Design", "CA1028:Enum Storage should be Int32", Justification = "The field is 16 bits wide.")]
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "The protocol has no command 0.")]
public enum IcePapCommand : ushort
{
    /// <summary>Requests the configuration; the only command that a controller may broadcast.</summary>
    REQUEST_CONFIG = 0x0002,

    /// <summary>A device's configuration, the answer to REQUEST_CONFIG.</summary>
    SEND_CONFIG = 0x0003,

    /// <summary>Resets a device.</summary>
    RESET = 0x0004,

    /// <summary>Answer to RESET.</summary>
    RESET_ACK = 0x0005,

    /// <summary>Changes the IP address.</summary>
    CHANGE_IP = 0x0006,

    /// <summary>Answer to CHANGE_IP.</summary>
    CHANGE_IP_ACK = 0x0007,

    /// <summary>Raw data.</summary>
    SEND_RAW_DATA = 0x0008,

    /// <summary>A part of the firmware.</summary>
    SEND_FIRMWARE_DATA = 0x000A,

    /// <summary>Writes the firmware.</summary>
    WRITE_FIRMWARE = 0x000C,

    /// <summary>Text data.</summary>
    SEND_ASC_DATA = 0x000E,

    /// <summary>A configuration for the addressed device to apply.</summary>
    UPDATE_CONFIG = 0x000F,

    /// <summary>Answer to UPDATE_CONFIG.</summary>
    UPDATE_CONFIG_ACK = 0x0010,
}
