using System.Net;
using FsCheck;
using FsCheck.Fluent;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.Net;

namespace PSLabNet.Tests.IcePap;

/// <summary>Settings that users may request, from sensible to absurd, and devices with any configuration.</summary>
internal static class HostileSettings
{
    private static Gen<string?> Hostnames => Gen.Frequency(
        (2, Gen.Constant<string?>(null)),
        (3, Gen.Elements<string?>("iceeu4", "a", "abcdefghijklmnopqrstuvwx", "x-1")),
        (2, Gen.Elements<string?>("", "-", "a-", "abcdefghijklmnopqrstuvwxy", "a_b", "a.b", "Grüße", "a\0", "\0", "a\n", "\ud83d", "İ", new string('a', 70000))),
        (1, Gen.Choose(0, 0x17F).Select(value => (char)value).ArrayOf().Select(characters => (string?)new string(characters))));

    private static Gen<IPAddress> Addresses => Gen.Frequency(
        (4, Gen.Choose(0, 255).Select(host => new IPAddress(new byte[] { 172, 24, 155, (byte)host }))),
        (1, Properties.Bytes(4, 4).Select(bytes => new IPAddress(bytes))),
        (1, Gen.Elements(IPAddress.Any, IPAddress.Broadcast, IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.IPv6Any, IPAddress.Parse("fe80::1%3"), IPAddress.Parse("::ffff:1.2.3.4"))));

    private static Gen<IPAddress> Netmasks => Gen.Frequency(
        (4, Gen.Choose(16, 30).Select(IPv4Subnet.NetmaskOf)), (2, Gen.Choose(0, 32).Select(IPv4Subnet.NetmaskOf)), (1, Addresses));

    public static Gen<IcePapSettings> Any =>
        from hostname in Hostnames
        from address in Maybe(Addresses)
        from netmask in Maybe(Netmasks)
        from prefix in Gen.Frequency((3, Gen.Constant<int?>(null)), (2, Gen.Choose(20, 26).Select(value => (int?)value)), (1, Gen.Elements<int?>(int.MinValue, -1, 0, 31, 32, 33, int.MaxValue)))
        from gateway in Maybe(Addresses)
        from broadcast in Maybe(Addresses)
        from apply in Gen.Frequency((4, Gen.Choose(1, 7).Select(value => (uint)value)), (1, Gen.Elements(0u, 8u, 0x100u, 0x80000000u, uint.MaxValue)))
        select new IcePapSettings
        {
            Hostname = hostname,
            IPAddress = address,
            Netmask = netmask,
            PrefixLength = prefix,
            Gateway = gateway,
            Broadcast = broadcast,
            Apply = (IcePapApply)apply,
        };

    /// <summary>Half of the devices have valid settings, the others any 56 bytes.</summary>
    public static Gen<IcePapDevice> AnyDevice =>
        from settings in Gen.OneOf(
            Gen.Choose(1, 254).Select(host => RawPacket.Settings(default, "iceeu4", (byte)host)), Properties.Bytes(56, 56))
        select Devices.Answered(Devices.RandomAddress(), IcePapConfiguration.ReadFrom(settings, 0));

    private static Gen<IPAddress?> Maybe(Gen<IPAddress> addresses) =>
        Gen.Frequency((3, Gen.Constant<IPAddress?>(null)), (2, addresses.Select(address => (IPAddress?)address)));
}
