using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using Xunit;

namespace PSLabNet.Tests.IcePap.Settings;

public sealed class AddressOrderTests
{
    // Device n has the address 10.9.8.n. A plan names devices and the last number of their new addresses.
    [Theory]
    [InlineData("1:11 2:12 3:13", "1 2 3")]
    [InlineData("1:2 2:3 3:4", "3 2 1")]
    [InlineData("3:4 1:2 2:3", "3 2 1")]
    [InlineData("1:2 2:1", "1 2")]
    [InlineData("1:2 2:3 3:1", "1 3 2")]
    [InlineData("4:1 1:2 2:1", "1 2 4")]
    [InlineData("5:4 4:1 1:2 2:3 3:1", "1 3 2 4 5")]
    [InlineData("1:1 2:1", "1 2")]
    [InlineData("1:2 2:2", "1 2")]
    [InlineData("1: 2:1", "1 2")]
    [InlineData("9:1 1:2", "1 9")]
    [InlineData("1:9", "1")]
    public void A_device_that_leaves_an_address_comes_before_the_one_that_gets_it(string plan, string order)
    {
        IcePapDevice[] present = [.. Enumerable.Range(1, 5).Select(Device)];
        (MacAddress, IcePapSettings)[] requests = [.. plan.Split(' ').Select(row => row.Split(':')).Select(row => (
            Mac(Number(row[0])), new IcePapSettings { IPAddress = row[1].Length == 0 ? null : Address(Number(row[1])) }))];
        Assert.Equal(order.Split(' ').Select(number => Mac(Number(number))), AddressOrder.Of(requests, present).Select(request => request.Target));
    }

    [Fact]
    public void A_chain_of_ten_thousand_devices_is_no_problem()
    {
        const int Count = 10_000;
        List<IcePapDevice> present = [];
        List<(MacAddress Target, IcePapSettings Settings)> requests = [];
        for (int index = 0; index < Count; index++)
        {
            var mac = new MacAddress([2, 0, 0, 0, (byte)(index >> 8), (byte)index]);
            present.Add(Devices.Answered(mac, new IcePapConfiguration { Hostname = "a", IPAddress = Wide(index) }));
            requests.Add((mac, new IcePapSettings { IPAddress = Wide(index + 1) }));
        }

        Assert.Equal(requests.Select(request => request.Target).Reverse(), AddressOrder.Of(requests, present).Select(request => request.Target));

        static IPAddress Wide(int index) => new([10, 9, (byte)(index >> 8), (byte)index]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static MacAddress Mac(int number) => new([2, 0, 0, 0, 0, (byte)number]);

    private static IPAddress Address(int number) => new([10, 9, 8, (byte)number]);

    private static IcePapDevice Device(int number) => Devices.Answered(Mac(number), new IcePapConfiguration { Hostname = $"d{number}", IPAddress = Address(number) });
}
