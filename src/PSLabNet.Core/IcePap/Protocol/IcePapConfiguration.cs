using System;
using System.Net;
using System.Text;
using PSLabNet.Bytes;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Protocol;

/// <summary>
/// The 56-byte payload of network settings: in SEND_CONFIG the settings that a device has, in UPDATE_CONFIG those to apply. It may
/// contain any values that were received; <see cref="IcePapConfigurationRules"/> decides which values may be sent.
/// </summary>
public sealed class IcePapConfiguration : IEquatable<IcePapConfiguration>
{
    // The addresses are kept as numbers and the hostname as it was received: a decoded packet is one object and this one.
    private readonly uint ipAddress;
    private readonly uint broadcast;
    private readonly uint netmask;
    private readonly uint gateway;
    private readonly HostnameField hostname;

    /// <summary>Creates the settings of a device.</summary>
    /// <param name="macAddress">Its hardware address, which is also its "icepap id".</param>
    /// <param name="hostname">Its name, at most 24 ASCII characters.</param>
    /// <param name="ipAddress">Its IPv4 address.</param>
    /// <param name="netmask">Its netmask.</param>
    /// <param name="gateway">Its gateway.</param>
    /// <param name="broadcast">Its broadcast address.</param>
    /// <exception cref="ArgumentException">An address is not IPv4, or the name is too long or not ASCII.</exception>
    public IcePapConfiguration(MacAddress macAddress, string hostname, IPAddress ipAddress, IPAddress netmask, IPAddress gateway, IPAddress broadcast)
    {
        DeviceId = macAddress;
        MacAddress = macAddress;
        Hostname = hostname;
        IPAddress = ipAddress;
        Netmask = netmask;
        Gateway = gateway;
        Broadcast = broadcast;
    }

    /// <summary>Creates a configuration of zeros, for an initializer to fill.</summary>
    internal IcePapConfiguration()
    {
    }

    /// <summary>Copies another configuration, so that an initializer can change the copy.</summary>
    internal IcePapConfiguration(IcePapConfiguration other)
    {
        DeviceId = other.DeviceId;
        MacAddress = other.MacAddress;
        Apply = other.Apply;
        ipAddress = other.ipAddress;
        broadcast = other.broadcast;
        netmask = other.netmask;
        gateway = other.gateway;
        hostname = other.hostname;
    }

    private IcePapConfiguration(IcePapConfiguration other, HostnameField hostname)
        : this(other) => this.hostname = hostname;

    private IcePapConfiguration(byte[] bytes, int offset)
    {
        DeviceId = PSLabNet.MacAddress.ReadFrom(bytes, offset + IcePapProtocol.DeviceIdOffset);
        ipAddress = ByteOrder.ReadUInt32Big(bytes, offset + IcePapProtocol.IPAddressOffset);
        broadcast = ByteOrder.ReadUInt32Big(bytes, offset + IcePapProtocol.BroadcastOffset);
        netmask = ByteOrder.ReadUInt32Big(bytes, offset + IcePapProtocol.NetmaskOffset);
        gateway = ByteOrder.ReadUInt32Big(bytes, offset + IcePapProtocol.GatewayOffset);
        MacAddress = PSLabNet.MacAddress.ReadFrom(bytes, offset + IcePapProtocol.MacAddressOffset);
        Apply = (IcePapApply)ByteOrder.ReadUInt32Little(bytes, offset + IcePapProtocol.FlagsOffset);
        hostname = HostnameField.ReadFrom(bytes, offset + IcePapProtocol.HostnameOffset);
    }

    /// <summary>Bytes 0 to 5, "icepap id": the MAC address that identifies the device.</summary>
    public MacAddress DeviceId { get; internal init; }

    /// <summary>Bytes 6 to 9, in dotted order.</summary>
    public IPAddress IPAddress { get => IPv4.ToAddress(ipAddress); internal init => ipAddress = IPv4.ToUInt32(value); }

    /// <summary>Bytes 10 to 13, in dotted order.</summary>
    public IPAddress Broadcast { get => IPv4.ToAddress(broadcast); internal init => broadcast = IPv4.ToUInt32(value); }

    /// <summary>Bytes 14 to 17, in dotted order.</summary>
    public IPAddress Netmask { get => IPv4.ToAddress(netmask); internal init => netmask = IPv4.ToUInt32(value); }

    /// <summary>Bytes 18 to 21, in dotted order.</summary>
    public IPAddress Gateway { get => IPv4.ToAddress(gateway); internal init => gateway = IPv4.ToUInt32(value); }

    /// <summary>Bytes 22 to 27: the hardware address. It cannot be changed.</summary>
    public MacAddress MacAddress { get; internal init; }

    /// <summary>Bytes 28 to 31, little endian: what the device does with the settings; zero in what it reports.</summary>
    public IcePapApply Apply { get; internal init; }

    /// <summary>
    /// Bytes 32 to 55: the name up to the first NUL, at most 24 characters. Bytes that are not printable are
    /// shown escaped.
    /// </summary>
    public string Hostname { get => hostname.ToString(); internal init => hostname = HostnameField.FromName(value ?? string.Empty); }

    /// <summary>Whether the hostname's field holds only the name and NULs, as it should, and no leftover bytes.</summary>
    internal bool IsHostnamePadded => hostname.IsPadded;

    /// <summary>The same settings, with only NULs after the hostname.</summary>
    internal IcePapConfiguration WithPaddedHostname() => new(this, hostname.Padded);

    /// <summary>The settings that differ between two configurations. Bytes after the hostname are not compared.</summary>
    /// <param name="other">The other configuration.</param>
    internal IcePapFields DifferencesFrom(IcePapConfiguration other) =>
        (hostname.Padded == other.hostname.Padded ? IcePapFields.None : IcePapFields.Hostname)
        | (ipAddress == other.ipAddress ? IcePapFields.None : IcePapFields.IPAddress)
        | (netmask == other.netmask ? IcePapFields.None : IcePapFields.Netmask)
        | (gateway == other.gateway ? IcePapFields.None : IcePapFields.Gateway)
        | (broadcast == other.broadcast ? IcePapFields.None : IcePapFields.Broadcast);

    /// <summary>Reads the 56 bytes at an offset that the caller has checked.</summary>
    internal static IcePapConfiguration ReadFrom(byte[] bytes, int offset) => new(bytes, offset);

    /// <summary>Writes the 56 bytes at an offset that the caller has checked.</summary>
    internal void CopyTo(byte[] bytes, int offset)
    {
        DeviceId.CopyTo(bytes, offset + IcePapProtocol.DeviceIdOffset);
        ByteOrder.WriteUInt32Big(bytes, offset + IcePapProtocol.IPAddressOffset, ipAddress);
        ByteOrder.WriteUInt32Big(bytes, offset + IcePapProtocol.BroadcastOffset, broadcast);
        ByteOrder.WriteUInt32Big(bytes, offset + IcePapProtocol.NetmaskOffset, netmask);
        ByteOrder.WriteUInt32Big(bytes, offset + IcePapProtocol.GatewayOffset, gateway);
        MacAddress.CopyTo(bytes, offset + IcePapProtocol.MacAddressOffset);
        ByteOrder.WriteUInt32Little(bytes, offset + IcePapProtocol.FlagsOffset, (uint)Apply);
        hostname.CopyTo(bytes, offset + IcePapProtocol.HostnameOffset);
    }

    /// <summary>Whether two configurations are the same 56 bytes.</summary>
    /// <param name="other">The other configuration.</param>
    public bool Equals(IcePapConfiguration? other) =>
        other is not null && DeviceId == other.DeviceId && MacAddress == other.MacAddress && Apply == other.Apply
        && ipAddress == other.ipAddress && broadcast == other.broadcast && netmask == other.netmask && gateway == other.gateway
        && hostname.Equals(other.hostname);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IcePapConfiguration);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((MacAddress.GetHashCode() * 31 + (int)ipAddress) * 31 + hostname.GetHashCode());

    /// <summary>The settings, one per line.</summary>
    public override string ToString() => new StringBuilder()
        .Append("device id     = ").Append(DeviceId).Append('\n')
        .Append("hostname      = ").Append(Hostname).Append('\n')
        .Append("IP address    = ").Append(IPAddress).Append('\n')
        .Append("netmask       = ").Append(Netmask).Append('\n')
        .Append("gateway       = ").Append(Gateway).Append('\n')
        .Append("broadcast     = ").Append(Broadcast).Append('\n')
        .Append("MAC address   = ").Append(MacAddress).Append('\n')
        .Append("apply         = ").Append(Apply)
        .ToString();
}
