using System;
using System.IO;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
using Xunit;

namespace PSLabNet.Tests.LmStat;

/// <summary>User, host and display of a checkout, separated only by blanks.</summary>
public sealed class UserNameTests
{
    // In the first two, an Ansys daemon lists a process on a cluster node: the display is the node's full name and a number.
    [Theory]
    [InlineData("alice n7 n7.example.com 60048", "alice", "n7", "n7.example.com 60048")]
    [InlineData("alice N7 n7.example.com 60048 1", "alice", "N7", "n7.example.com 60048 1")]
    [InlineData("alice n7 n7 60048", "alice", "n7", "n7 60048")]
    [InlineData("alice n7 n7.example.com :0", "alice", "n7", "n7.example.com :0")]
    [InlineData("alice a. smith n7 n7:0", "alice a. smith", "n7", "n7:0")]
    [InlineData("alice de la cruz n7 n7.example.com", "alice de la cruz", "n7", "n7.example.com")]
    [InlineData("alice de deborah n7 :0", "alice de deborah", "n7", ":0")]
    public void A_host_name_that_the_display_repeats_is_the_host(string who, string user, string host, string display)
    {
        const string Feature = "Users of f:  (Total of 9 licenses issued;  Total of 1 license in use)";

        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new StringReader($"{Feature}\n\n    {who} (v1.0) (lic1/27000 101), start Mon 2/10 8:00\n")));

        FlexLmCheckout checkout = Assert.Single(snapshot.Features[0].Checkouts);
        Assert.Equal((user, host, display), (checkout.User, checkout.HostName, checkout.Display));
        Assert.DoesNotContain(snapshot.Warnings, warning => warning.Contains("not certain", StringComparison.Ordinal));
    }
}
