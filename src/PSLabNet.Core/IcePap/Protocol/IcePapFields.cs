using System;

namespace PSLabNet.IcePap.Protocol;

/// <summary>The fields of a configuration that a rule checks.</summary>
[Flags]
internal enum IcePapFields
{
    /// <summary>No field.</summary>
    None = 0,

    /// <summary>Bytes 32 to 55.</summary>
    Hostname = 1,

    /// <summary>Bytes 6 to 9.</summary>
    IPAddress = 2,

    /// <summary>Bytes 14 to 17.</summary>
    Netmask = 4,

    /// <summary>Bytes 18 to 21.</summary>
    Gateway = 8,

    /// <summary>Bytes 10 to 13.</summary>
    Broadcast = 16,

    /// <summary>Bytes 28 to 31. They belong to the packet, not to the device, so they always count as changed.</summary>
    Apply = 32,

    /// <summary>The address and the netmask, which define the subnet.</summary>
    Subnet = IPAddress | Netmask,

    /// <summary>All fields.</summary>
    All = Hostname | Subnet | Gateway | Broadcast | Apply,
}
