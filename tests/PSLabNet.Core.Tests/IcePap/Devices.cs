using System;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.Tests.IcePap;

/// <summary>Devices that answered, and addresses that nothing else on this machine uses at the same time.</summary>
internal static class Devices
{
    public static LocalInterface Loopback { get; } = LocalInterface.GetAll().Single(local => local.IsLoopback);

    /// <summary>A locally administered address. No hardware has it, and no other running test uses it.</summary>
    public static MacAddress RandomAddress() => new([0x02, .. RandomNumberGenerator.GetBytes(5)]);

    public static IcePapDevice Answered(
        string hostname = "iceeu4", string address = "172.24.155.222", string netmask = "255.255.255.0", string gateway = "172.24.155.99", string broadcast = "172.24.155.255") =>
        Answered(RandomAddress(), new IcePapConfiguration
        {
            Hostname = hostname,
            IPAddress = IPAddress.Parse(address),
            Netmask = IPAddress.Parse(netmask),
            Gateway = IPAddress.Parse(gateway),
            Broadcast = IPAddress.Parse(broadcast),
        });

    public static IcePapDevice Answered(MacAddress address, IcePapConfiguration configuration) => new(
        address, new IcePapConfiguration(configuration) { DeviceId = address, MacAddress = address }, Loopback, IPAddress.Loopback, TimeSpan.Zero, DateTimeOffset.UnixEpoch);
}
