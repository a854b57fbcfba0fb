using System;
using System.IO;
using System.Net;
using PSLabNet.Commands.IcePap;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests;

public sealed class FirewallHintTests
{
    private static readonly LocalInterface Network = new("Ethernet 2", "Adapter", 4, IPAddress.Parse("192.0.2.7"), 24, [], null, IsLoopback: false, IsUp: true, TakesMulticast: true);
    private static readonly LocalInterface Loopback = Network with { Name = "lo", Address = IPAddress.Loopback, IsLoopback = true };

    [Fact]
    public void A_silent_network_gives_the_command_that_allows_answers()
    {
        string? hint = FirewallHint.ForSilenceOnWindows([Loopback, Network]);

        Assert.Contains("Ethernet 2 (192.0.2.7)", hint, StringComparison.Ordinal);
        Assert.DoesNotContain("lo (127.0.0.1)", hint, StringComparison.Ordinal);
        Assert.EndsWith(FirewallHint.Command, hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Loopback_and_a_network_that_is_down_give_no_hint()
    {
        Assert.Null(FirewallHint.ForSilenceOnWindows([Loopback]));
        Assert.Null(FirewallHint.ForSilenceOnWindows([Network with { IsUp = false }]));
        Assert.Null(FirewallHint.ForSilenceOnWindows([]));
    }

    [Fact]
    public void Other_systems_give_no_hint()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "This is Windows.");
        Assert.Null(FirewallHint.ForSilence([Network]));
    }

    [Fact]
    public void The_help_page_has_the_same_command() => Assert.Contains(
        $"`{FirewallHint.Command}`", File.ReadAllText(Path.Combine(Module.Root, "docs", "en-US", "Find-IcePap.md")), StringComparison.Ordinal);
}
