using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSLabNet.FlexLm.Servers;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Servers;

public sealed partial class ServerListTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["/etc/one.lic"] = "SERVER lic1 ANY 27005\n",
        ["/etc/triad.lic"] = "SERVER a ANY 27000\nSERVER b ANY 27000\nSERVER c ANY 27000\n",
        ["/etc/two.lic"] = "SERVER a ANY\nSERVER this_host ANY 1700\nBAD LINE\n",
        ["/etc/none.lic"] = "FEATURE f v 1.0 permanent 1 SIGN=A\n",
        [@"C:\lic\one.lic"] = "SERVER win ANY 27001\n",
        ["plain"] = "SERVER plainhost ANY 27002\n",
        ["/etc/a,b,c.lic"] = "SERVER comma ANY 27006\n",
        ["/home/me/.flexlmrc"] = "# old\nMLM_LICENSE_FILE=27000@rc\nnonsense\nOTHER=1@x\n",
    };

    [Fact]
    public void Variables_come_before_the_file_in_the_home_directory()
    {
        FlexLmServerListResult result = FlexLmConfiguredServers.Find(Machine() with
        {
            Variables = new Dictionary<string, string>
            {
                ["MLM_LICENSE_FILE"] = "27000@vendor",
                ["LM_LICENSE_FILE"] = "27000@general:0@x",
                ["PATH"] = "27000@no",
                ["A_LICENSE_FILE"] = " ",
            },
        });

        Assert.Equal(["27000@general", "27000@vendor", "27000@rc"], result.Servers.Select(server => server.Text));
        Assert.Equal(2, result.LookedIn.Count);
        Assert.StartsWith("LM_LICENSE_FILE: ", Assert.Single(result.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void On_windows_each_key_of_the_registry_is_read_and_shown()
    {
        FlexLmServerListResult result = FlexLmConfiguredServers.Find(Machine() with
        {
            IsWindows = true,
            ReadRegistry = () =>
            [
                new("HKCU", [new("MLM_LICENSE_FILE", "27000@user"), new("Version", "1")]),
                new("HKLM", []),
                new("HKLM32", [new("MLM_LICENSE_FILE", "27000@old;27000@user"), new("LM_LICENSE_FILE", "27000@first")]),
            ],
        });

        Assert.Equal(["27000@user", "27000@first", "27000@old"], result.Servers.Select(server => server.Text));
        Assert.Equal(
            ["registry key HKCU: MLM_LICENSE_FILE", "registry key HKLM: nothing set", "registry key HKLM32: LM_LICENSE_FILE, MLM_LICENSE_FILE"],
            result.LookedIn.Skip(1));
    }

    [Fact]
    public void Without_configured_servers_the_message_says_where_it_looked()
    {
        FlexLmServerListResult result = FlexLmConfiguredServers.Find(Machine() with { HomeDirectory = "/home/other" });

        Assert.Empty(result.Servers);
        Assert.Equal(2, result.LookedIn.Count);
        Assert.All(result.LookedIn, place => Assert.EndsWith("nothing set", place, StringComparison.Ordinal));
    }

    [Fact]
    public void An_unreadable_file_in_the_home_directory_is_reported() =>
        Assert.Single(FlexLmConfiguredServers.Find(Machine() with { Open = _ => throw new IOException("locked") }).Faults);

    [Fact]
    public void The_environment_of_this_process_can_be_read()
    {
        FlexLmEnvironment current = FlexLmEnvironment.Current;

        Assert.NotEmpty(current.Variables);
        Assert.Equal(OperatingSystem.IsWindows(), current.IsWindows);
        Assert.Empty(current.LicenseFilesIn("/no/such/directory"));
    }
}
