using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Settings;
using Xunit;

namespace PSLabNet.Tests.IcePap.Settings;

public sealed class AddressPlanTests
{
    private static readonly IPAddress One = IPAddress.Parse("172.24.155.1");
    private static readonly IPAddress Two = IPAddress.Parse("172.24.155.2");

    private readonly IcePapDevice first = Devices.Answered(address: $"{One}");
    private readonly IcePapDevice second = Devices.Answered(address: $"{Two}");

    [Fact]
    public void Two_devices_that_exchange_their_addresses_are_no_conflict()
    {
        var plan = new AddressPlan([first, second], [(first.MacAddress, Taking(Two)), (second.MacAddress, Taking(One))]);
        Assert.Null(plan.FindOther(Taking(Two).PlanFor(first)));
        Assert.True(plan.Leaves(first) && plan.Leaves(second));
    }

    [Fact]
    public void An_address_from_the_name_service_counts_as_soon_as_it_is_known()
    {
        IPAddress three = IPAddress.Parse("172.24.155.3");
        var plan = new AddressPlan([first, second], []);
        plan.Assign(first.MacAddress, three);
        Assert.True(plan.Leaves(first));
        Assert.Equal(first.MacAddress, plan.FindOther(Taking(three).PlanFor(second)));
        Assert.Null(plan.FindOther(Taking(One).PlanFor(second)));
    }

    [Fact]
    public void A_device_that_keeps_its_address_is_warned_of_nothing()
    {
        IcePapDevice same = Devices.Answered(address: $"{One}");
        var plan = new AddressPlan([first, same], []);
        Assert.Null(plan.FindOther(new IcePapSettings { Hostname = "x" }.PlanFor(first)));
        Assert.Equal(first.MacAddress, new AddressPlan([first, second], []).FindOther(Taking(One).PlanFor(second)));
        Assert.False(plan.Leaves(first));
    }

    private static IcePapSettings Taking(IPAddress address) => new() { IPAddress = address };
}
