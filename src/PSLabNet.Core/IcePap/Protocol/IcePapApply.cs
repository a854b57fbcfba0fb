using System;
using System.Diagnostics.CodeAnalysis;

namespace PSLabNet.IcePap.Protocol;

/// <summary>What a device does with a configuration: bytes 28 to 31 of the payload, little endian. With no flag set, it does nothing.</summary>
[Flags]
[SuppressMessage("Design", "CA1028:Enum Storage should be Int32", Justification = "The field is an unsigned 32-bit number.")]
public enum IcePapApply : uint
{
    /// <summary>The device does nothing. A tool must not send this.</summary>
    None = 0,

    /// <summary>Reboot. The device does not acknowledge and is back after about 45 seconds.</summary>
    Reboot = 1,

    /// <summary>Use the settings at once.</summary>
    Dynamic = 2,

    /// <summary>Write the settings to flash, so that they outlast a reboot.</summary>
    Flash = 4,
}
