using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Comparison;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.Logging;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.IcePap.Comparison;

public sealed class NetworkComparisonTests
{
    private static readonly LocalInterface Wire = new("eth9", "eth9", 9, IPAddress.Parse("10.9.8.250"), 24, [], null, false, true, true);

    private readonly DeviceInventory present = new(LabLog.None);
    private readonly List<(MacAddress Target, IcePapSettings Settings)> plan = [];

    [Fact]
    public void Each_planned_and_each_found_device_has_a_state()
    {
        Answer(4, "found", "10.9.8.4");
        Answer(1, "same", "10.9.8.1");
        Answer(2, "old", "10.9.8.2");
        Row(2, hostname: "new", address: "10.9.8.22");
        Row(3, hostname: "gone", address: "10.9.8.3", prefixLength: 24);
        Row(1, hostname: "same", address: "10.9.8.1", prefixLength: 24);
        IReadOnlyList<IcePapNetworkState> states = Compare();
        Assert.Equal(["2 Different", "3 Missing", "1 AsPlanned", "4 Unplanned"], Shown(states));
        Assert.Equal(["Hostname old -> new", "IPAddress 10.9.8.2 -> 10.9.8.22"], states[0].Changes.Select(change => change.ToString()));
        Assert.Equal(("gone", "10.9.8.3", "255.255.255.0", null), (states[1].Hostname, $"{states[1].IPAddress}", $"{states[1].Netmask}", states[1].Device));
        Assert.All(states, state => Assert.Empty(state.Problems));
    }

    [Fact]
    public void Devices_that_exchange_their_addresses_are_no_conflict()
    {
        Answer(1, "a", "10.9.8.1");
        Answer(2, "b", "10.9.8.2");
        Row(1, address: "10.9.8.2");
        Row(2, address: "10.9.8.1");
        Assert.Equal(["1 Different", "2 Different"], Shown(Compare()));
    }

    [Fact]
    public void An_address_that_two_devices_would_have_is_a_conflict_of_both()
    {
        Answer(1, "a", "10.9.8.1");
        Answer(2, "b", "10.9.8.2");
        Row(1, address: "10.9.8.2");
        Row(3, hostname: "B", address: "10.9.8.9");
        IReadOnlyList<IcePapNetworkState> states = Compare();
        Assert.Equal(["1 Conflict", "3 Conflict", "2 Conflict"], Shown(states));
        Assert.Equal([Mac(1), Mac(3)], states[2].DuplicateOf);
        Assert.Equal(["The IP address 10.9.8.2 is that of 02:00:00:00:00:02 too."], states[0].Problems);
        Assert.Equal(["The hostname B is that of 02:00:00:00:00:02 too."], states[1].Problems);
    }

    [Theory]
    [InlineData(4, "The hostname same is that of 02:00:00:00:00:02, 02:00:00:00:00:03, 02:00:00:00:00:04 too.")]
    [InlineData(5, "The hostname same is that of 02:00:00:00:00:02, 02:00:00:00:00:03, 02:00:00:00:00:04 and 1 more too.")]
    [InlineData(7, "The hostname same is that of 02:00:00:00:00:02, 02:00:00:00:00:03, 02:00:00:00:00:04 and 3 more too.")]
    public void A_conflict_of_many_names_three_and_counts_the_rest(int devices, string problem)
    {
        for (byte device = 1; device <= devices; device++)
        {
            Answer(device, "same", $"10.9.8.{device}");
        }

        Assert.Equal([problem], Compare()[0].Problems);
    }

    [Fact]
    public void A_conflict_that_the_plan_resolves_is_one_only_for_the_device_that_stays()
    {
        Answer(1, "a", "10.9.8.1");
        Answer(2, "b", "10.9.8.1");
        Row(1, address: "10.9.8.1");
        Row(2, address: "10.9.8.2");
        IReadOnlyList<IcePapNetworkState> states = Compare();
        Assert.Equal(["1 Conflict", "2 Different"], Shown(states));
        Assert.Equal([Mac(1)], states[1].DuplicateOf);
    }

    [Fact]
    public void Devices_that_were_never_set_up_share_nothing()
    {
        Answer(1, "", "0.0.0.0");
        Answer(2, "", "0.0.0.0");
        Assert.Equal(["1 Unplanned", "2 Unplanned"], Shown(Compare()));
    }

    [Fact]
    public void A_row_that_can_not_be_sent_is_a_conflict_with_its_reason()
    {
        Answer(1, "a", "10.9.8.1");
        Row(1, address: "10.9.8.255");
        IcePapNetworkState state = Assert.Single(Compare());
        Assert.Equal(IcePapPlanState.Conflict, state.State);
        Assert.Contains("10.9.8.255", Assert.Single(state.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_devices_with_one_MAC_address_are_a_conflict()
    {
        Answer(1, "a", "10.9.8.1");
        Answer(1, "b", "10.9.8.7");
        IcePapNetworkState state = Assert.Single(Compare());
        Assert.Equal(IcePapPlanState.Conflict, state.State);
        Assert.StartsWith("Two devices answer with this MAC address:", Assert.Single(state.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_is_no_device_has_its_address_and_a_device_its_own()
    {
        Answer(1, "a", "10.9.8.1", from: "10.9.8.1");
        Answer(2, "b", "10.9.8.2", from: "10.9.8.99");
        Answer(3, "c", "10.9.8.3", from: "10.9.8.99");
        Answer(4, "d", "10.9.8.4", from: "10.9.8.99");
        Row(3, address: "10.9.8.33");
        var probes = new ProbeResults
        {
            Neighbors = new Dictionary<IPAddress, MacAddress?>
            {
                // The answer came from there; the hardware address is the device's; another one's; nobody's.
                [IPAddress.Parse("10.9.8.1")] = Mac(77),
                [IPAddress.Parse("10.9.8.2")] = Mac(2),
                [IPAddress.Parse("10.9.8.33")] = Mac(78),
                [IPAddress.Parse("10.9.8.4")] = null,
            },
        };
        Dictionary<byte, IcePapNetworkState> states = Compare(probes).ToDictionary(state => state.MacAddress.GetAddressBytes()[5], state => state);
        Assert.Equal((false, false, true, false), (states[1].ForeignHost, states[2].ForeignHost, states[3].ForeignHost, states[4].ForeignHost));
        Assert.Equal((true, true, null, false), (states[1].IsReachable, states[2].IsReachable, states[3].IsReachable, states[4].IsReachable));
        Assert.Equal(IcePapPlanState.Conflict, states[3].State);
        Assert.Equal(["The IP address 10.9.8.33 is that of a machine that is no IcePAP (02:00:00:00:00:4e)."], states[3].Problems);
    }

    [Fact]
    public void An_address_of_this_machine_is_that_of_a_foreign_host()
    {
        Answer(1, "a", "10.9.8.1");
        Row(1, address: "10.9.8.250");
        IcePapNetworkState state = Assert.Single(Compare(new ProbeResults { Own = new HashSet<IPAddress> { IPAddress.Parse("10.9.8.250") } }));
        Assert.Equal((true, IcePapPlanState.Conflict), (state.ForeignHost, state.State));
        Assert.Equal(["The IP address 10.9.8.250 is one of this computer."], state.Problems);
    }

    [Fact]
    public void Of_simulated_devices_nothing_is_told_that_only_a_network_could_tell()
    {
        present.Add(Devices.Answered(address: "10.9.8.1", gateway: "10.9.8.254"));
        IcePapNetworkState state = Assert.Single(Compare(new ProbeResults { Neighbors = new Dictionary<IPAddress, MacAddress?> { [IPAddress.Parse("10.9.8.1")] = Mac(9), [IPAddress.Parse("10.9.8.254")] = Mac(9) } }));
        Assert.Equal((null, null, null), (state.ForeignHost, state.GatewayAnswers, state.IsReachable));
    }

    [Theory]
    [InlineData("10.9.8.1", "a", IcePapAgreement.Agrees, IcePapAgreement.Agrees)]
    [InlineData("10.9.8.1", "A.example.org", IcePapAgreement.Agrees, IcePapAgreement.Agrees)]
    [InlineData("10.9.8.2", "b", IcePapAgreement.Differs, IcePapAgreement.Differs)]
    [InlineData(null, null, IcePapAgreement.Unknown, IcePapAgreement.Unknown)]
    public void The_name_service_agrees_differs_or_is_unknown(string? address, string? name, IcePapAgreement forward, IcePapAgreement reverse)
    {
        Answer(1, "a", "10.9.8.1");
        var probes = new ProbeResults
        {
            Addresses = address is null ? new Dictionary<string, IReadOnlyList<IPAddress>>() : new() { ["a"] = [IPAddress.Parse(address)] },
            Names = name is null ? new Dictionary<IPAddress, string>() : new() { [IPAddress.Parse("10.9.8.1")] = name },
        };
        IcePapNetworkState state = Assert.Single(Compare(probes));
        Assert.Equal((forward, reverse), (state.Dns, state.Reverse));
    }

    [Fact]
    public void The_table_of_neighbors_is_read_as_Linux_writes_it()
    {
        string[] lines =
        [
            "IP address       HW type     Flags       HW address            Mask     Device",
            "10.9.8.1         0x1         0x2         02:00:00:00:00:4e     *        eth0",
            "10.9.8.2         0x1         0x0         00:00:00:00:00:00     *        eth0",
            "10.9.8.3         0x1         0x6         02:00:00:00:00:4f     *        eth0",
            "10.9.8.4         0x1         0xz         02:00:00:00:00:4f     *        eth0",
            "10.9.8.5         0x1",
            "",
        ];
        Assert.Equal([(IPAddress.Parse("10.9.8.1"), Mac(0x4e)), (IPAddress.Parse("10.9.8.3"), Mac(0x4f))], LinkNeighbors.ReadTable(lines));
    }

    [Fact]
    public void Ten_thousand_devices_with_one_name_are_compared_in_a_moment()
    {
        for (int index = 0; index < 10_000; index++)
        {
            var mac = new MacAddress([2, 0, 0, 1, (byte)(index >> 8), (byte)index]);
            present.Add(OnWire(mac, "same", new IPAddress([10, 9, (byte)(index >> 8), (byte)index]), IPAddress.Loopback));
            plan.Add((mac, new IcePapSettings { Hostname = "same" }));
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.All(Compare(), state => Assert.Equal(IcePapPlanState.Conflict, state.State));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{clock.Elapsed}");
    }

    private static MacAddress Mac(int number) => new([2, 0, 0, 0, 0, (byte)number]);

    private static string[] Shown(IEnumerable<IcePapNetworkState> states) => [.. states.Select(state => $"{state.MacAddress.GetAddressBytes()[5]} {state.State}")];

    private static IcePapDevice OnWire(MacAddress mac, string hostname, IPAddress address, IPAddress from) => new(
        mac,
        new IcePapConfiguration { DeviceId = mac, MacAddress = mac, Hostname = hostname, IPAddress = address, Netmask = IPAddress.Parse("255.255.255.0"), Gateway = IPAddress.Parse("10.9.8.254"), Broadcast = IPAddress.Parse("10.9.8.255") },
        Wire, from, TimeSpan.Zero, DateTimeOffset.UnixEpoch);

    private void Answer(int number, string hostname, string address, string from = "10.9.8.99") => present.Add(OnWire(Mac(number), hostname, IPAddress.Parse(address), IPAddress.Parse(from)));

    private void Row(int number, string? hostname = null, string? address = null, int? prefixLength = null) =>
        plan.Add((Mac(number), new IcePapSettings { Hostname = hostname, IPAddress = address is null ? null : IPAddress.Parse(address), PrefixLength = prefixLength, AcceptsOwnBroadcast = true }));

    private IReadOnlyList<IcePapNetworkState> Compare(ProbeResults? probes = null) => NetworkComparison.Of(NetworkPlan.Of(present, plan), probes ?? new ProbeResults());
}
