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
        FlexLmSnapshot snapshot = Read(who);

        FlexLmCheckout checkout = Assert.Single(snapshot.Features[0].Checkouts);
        Assert.Equal((user, host, display), (checkout.User, checkout.HostName, checkout.Display));
        Assert.DoesNotContain(snapshot.Warnings, warning => warning.Contains("not certain", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("u2 app6.site ws0.site:0 APS Base", "u2", "app6.site", "ws0.site:0 APS Base")]
    [InlineData("u2 app6.site ws0.site:0.0 APS APSBase", "u2", "app6.site", "ws0.site:0.0 APS APSBase")]
    [InlineData("jane doe app6 :0 some tool", "jane doe", "app6", ":0 some tool")]
    [InlineData("u2 app6 /dev/pts/3 some tool", "u2", "app6", "/dev/pts/3 some tool")]
    [InlineData("u2 ws0.site:0 APS", "u2", "", "ws0.site:0 APS")]
    public void A_word_that_can_only_begin_a_display_begins_it(string who, string user, string host, string display)
    {
        FlexLmSnapshot snapshot = Read(who);

        AssertName(snapshot, user, host, display, processId: null);
        Assert.DoesNotContain(snapshot.Warnings, warning => warning.Contains("not certain", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("u3 n040.hpc n040.lan 1278977", "u3", "n040.hpc", "n040.lan 1278977", 1278977)]
    [InlineData("u3 n040 n040.lan 7", "u3", "n040", "n040.lan 7", 7)]
    [InlineData("u3 login1 compute-17 1278977", "u3", "login1", "compute-17 1278977", 1278977)]
    [InlineData("u3 PC1 Session 1", "u3", "PC1", "Session 1", null)]
    public void Four_words_of_which_the_last_is_a_number_are_user_host_host_and_process(string who, string user, string host, string display, int? processId) =>
        AssertName(Read(who), user, host, display, processId);

    [Fact]
    public void A_process_that_the_line_names_counts_more_than_one_in_the_display() =>
        Assert.Equal(5, Assert.Single(Read("u3 n040.hpc n040.lan 4711", ", PID: 5").Features[0].Checkouts).ProcessId);

    private static FlexLmSnapshot Read(string who, string tail = "")
    {
        const string Feature = "Users of f:  (Total of 9 licenses issued;  Total of 1 license in use)";
        return Assert.Single(FlexLmStatReader.Read(new StringReader($"{Feature}\n\n    {who} (v1.0) (lic1/27000 101), start Mon 2/10 8:00{tail}\n")));
    }

    private static void AssertName(FlexLmSnapshot snapshot, string user, string host, string display, int? processId)
    {
        FlexLmCheckout checkout = Assert.Single(snapshot.Features[0].Checkouts);
        Assert.Equal((user, host, display, processId), (checkout.User, checkout.HostName, checkout.Display, checkout.ProcessId));
    }
}
