using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Servers;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Servers;

public sealed partial class ServerListTests
{
    [Theory]
    [InlineData("27000@lic1", "27000@lic1")]
    [InlineData("@lic1", "@lic1")]
    [InlineData("lic1", "@lic1")]
    [InlineData("27000@127.0.0.1:27001@b", "27000@127.0.0.1|27001@b")]
    [InlineData("27000@a;27001@b", "27000@a|27001@b")]
    [InlineData("27000@a,27000@b,27000@c", "27000@a,27000@b,27000@c")]
    [InlineData("27000@a,27000@b,27000@c:@d", "27000@a,27000@b,27000@c|@d")]
    [InlineData("27000@a , 27000@b,27000@c", "27000@a,27000@b,27000@c")]
    [InlineData("27000@a,27000@b", "27000@a|27000@b")]
    [InlineData("27000@a, 27000@b", "27000@a|27000@b")]
    [InlineData("1@a,2@b,3@c,4@d", "1@a|2@b|3@c|4@d")]
    [InlineData("1@a,2@b,3@c,4@d,5@e,6@f", "1@a|2@b|3@c|4@d|5@e|6@f")]
    [InlineData("27000@a,27000@b;27000@c", "27000@a|27000@b|27000@c")]
    [InlineData("27000@a;27000@b,27000@c,27000@d;@e", "27000@a|27000@b,27000@c,27000@d|@e")]
    [InlineData("27000@a,27000@A,27000@b", "27000@a|27000@b")]
    [InlineData("27000@a,27000@a", "27000@a")]
    [InlineData("27000@a,", "27000@a")]
    [InlineData("27000@a,,27000@b,27000@c,", "27000@a,27000@b,27000@c")]
    [InlineData("27000@c,27000@b,27000@a;27000@a,27000@b,27000@c", "27000@c,27000@b,27000@a")]
    [InlineData("@a,@b,@c", "@a,@b,@c")]
    [InlineData("a,b", "@a|@b")]
    [InlineData("27000@[::1],27000@[fe80::1]", "27000@[::1]|27000@[fe80::1]")]
    [InlineData("27000@[::1],27000@[fe80::1],27000@b", "27000@[::1],27000@[fe80::1],27000@b")]
    [InlineData("27000@::1,27000@b", "27000@[::1]|27000@b")]
    [InlineData("/etc/one.lic,27000@a", "27005@lic1|27000@a")]
    [InlineData("/etc/one.lic,27000@a,27000@b", "27005@lic1|27000@a|27000@b")]
    [InlineData("plain,b,c", "27002@plainhost|@b|@c")]
    [InlineData("/etc/a,b,c.lic", "27006@comma")]
    [InlineData("27000@[::1]", "27000@[::1]")]
    [InlineData("27000@[::1]:27001@[fe80::1]", "27000@[::1]|27001@[fe80::1]")]
    [InlineData("27000@::1", "27000@[::1]")]
    [InlineData("/etc/one.lic", "27005@lic1")]
    [InlineData("/etc/one.lic:27000@a", "27005@lic1|27000@a")]
    [InlineData("/etc/triad.lic", "27000@a,27000@b,27000@c")]
    [InlineData("/etc/two.lic", "@a|1700@localhost")]
    [InlineData("plain", "27002@plainhost")]
    [InlineData(@"C:\lic\one.lic", "27001@win")]
    [InlineData("/etc", "27005@lic1|27000@a,27000@b,27000@c")]
    [InlineData("27000@a:27000@A", "27000@a")]
    [InlineData(" ; 27000@a ;; ", "27000@a")]
    [InlineData("", "")]
    public void Lists_are_read_in_the_form_that_FlexLM_uses(string text, string expected) =>
        Assert.Equal(expected, string.Join("|", FlexLmServerList.Parse(text, Machine()).Servers.Select(server => string.Join(",", server.Nodes))));

    [Theory]
    [InlineData("99999@a")]
    [InlineData("0@a")]
    [InlineData("27000@")]
    [InlineData("27000")]
    [InlineData("x@a")]
    [InlineData("27000@a b")]
    [InlineData("3\0@a")]
    [InlineData("27000@[zz]")]
    [InlineData("/no/such,file")]
    [InlineData("lic1:27000")]
    [InlineData("lic1:27000,27000@b")]
    [InlineData("27000@a,x@b,27000@c")]
    [InlineData("/no/such/file")]
    [InlineData("/etc/none.lic")]
    [InlineData("/etc/locked.lic")]
    public void An_invalid_server_is_reported_and_the_rest_is_read(string bad)
    {
        FlexLmServerListResult result = FlexLmServerList.Parse($"{bad};27000@good", Machine());

        Assert.Equal("27000@good", Assert.Single(result.Servers).Text);
        Assert.NotEmpty(result.Faults);
    }

    [Fact]
    public void The_faults_of_a_long_list_quote_only_its_beginning()
    {
        string text = string.Join(",", Enumerable.Repeat("no server", 1000));

        FlexLmServerListResult result = FlexLmServerList.Parse(text, Machine());

        Assert.All(result.Faults, fault => Assert.InRange(fault.Length, 1, 200));
    }

    [Theory]
    [InlineData("27000@a,27000@")]
    [InlineData("27000@a,27000@a,x@b,27000@a")]
    public void Of_servers_joined_by_commas_an_invalid_one_is_reported_and_the_others_are_read(string text)
    {
        FlexLmServerListResult result = FlexLmServerList.Parse(text, Machine());

        Assert.Equal("27000@a", Assert.Single(result.Servers).Text);
        Assert.Contains(text, Assert.Single(result.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_in_the_order_of_other_programs_is_reported_with_what_was_meant()
    {
        FlexLmServerListResult result = FlexLmConfiguredServers.Find(Machine() with
        {
            Variables = new Dictionary<string, string> { ["LM_LICENSE_FILE"] = "lic1:27000;27000@b" },
        });

        Assert.Equal(["27000@b", "27000@rc"], result.Servers.Select(server => server.Text));
        Assert.EndsWith("Did you mean 27000@lic1?", Assert.Single(result.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Three_hosts_are_a_triad_for_certain_only_in_a_license_file()
    {
        Assert.True(Assert.Single(FlexLmServerList.Parse("27000@a,27000@b,27000@c", Machine()).Servers).IsTriadAssumed);
        Assert.False(Assert.Single(FlexLmServerList.Parse("/etc/triad.lic", Machine()).Servers).IsTriadAssumed);
    }

    [Fact]
    public void On_windows_only_the_semicolon_separates() =>
        Assert.Equal(
            ["27001@win", "27000@a"],
            FlexLmServerList.Parse(@"C:\lic\one.lic;27000@a", Machine() with { IsWindows = true }).Servers.SelectMany(server => server.Nodes).Select(node => node.ToString()));

    [Fact]
    public void An_unreadable_directory_is_reported_and_the_rest_is_read()
    {
        Exception[] faults = [new UnauthorizedAccessException("denied"), new IOException("away")];
        Assert.All(faults, fault =>
        {
            FlexLmEnvironment machine = Machine() with { LicenseFilesIn = path => path == "/locked" ? throw fault : [] };

            FlexLmServerListResult result = FlexLmServerList.Parse("/locked:27000@a", machine);

            Assert.Equal("27000@a", Assert.Single(result.Servers).Text);
            Assert.Contains(fault.Message, Assert.Single(result.Faults), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("one.lic", "/lab/one.lic")]
    [InlineData("~/one.lic", "/home/me/one.lic")]
    [InlineData(@"~\one.lic", "/home/me/one.lic")]
    [InlineData("/etc/one.lic", "/etc/one.lic")]
    public void Relative_paths_are_relative_to_the_given_directory(string text, string file)
    {
        var asked = new List<string>();
        FlexLmEnvironment there = new FlexLmEnvironment
        {
            HomeDirectory = "/home/me",
            FileExists = path => path.Replace('\\', '/') == file,
            Open = path =>
            {
                asked.Add(path.Replace('\\', '/'));
                return new StringReader("SERVER a ANY 27001");
            },
        }.At("/lab");

        Assert.Equal("27001@a", Assert.Single(FlexLmServerList.Parse(text, there).Servers).Text);
        Assert.Equal([file], asked);
        Assert.Single(FlexLmServerList.Parse("other|<>\0.lic/", there).Faults);
    }

    [Fact]
    public void Addresses_have_nodes()
    {
        Assert.Throws<ArgumentException>(() => new FlexLmServerAddress("x", []));
        Assert.Throws<ArgumentNullException>(() => new FlexLmServerAddress(null!, []));
        Assert.Throws<ArgumentNullException>(() => FlexLmServerList.Parse(null!, Machine()));
        Assert.Equal("27000@a,@b", FlexLmServerAddress.Of(new FlexLmNode("a", 27000), new FlexLmNode("b", null)).ToString());
    }

    [Theory]
    [InlineData("27000@lic1", "27000@lic1")]
    [InlineData("@lic1", "@lic1")]
    [InlineData("27000@a,27000@b,27000@c", "27000@a,27000@b,27000@c")]
    public void The_name_of_one_server_is_read(string text, string server) => Assert.Equal(server, FlexLmServerList.ParseServer(text).ToString());

    [Theory]
    [InlineData("", "names no license server")]
    [InlineData("27000@a;27000@b", "names several license servers")]
    [InlineData("/nowhere/license.lic", "/nowhere/license.lic")]
    public void What_names_no_server_or_several_is_no_name_of_one(string text, string message)
    {
        var error = Assert.Throws<FormatException>(() => FlexLmServerList.ParseServer(text));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_table_has_no_gap()
    {
        Assert.Equal(Enumerable.Range(1, FlexLmErrorTable.All.Count).Select(number => -number), FlexLmErrorTable.All.Select(error => error.Code));
        Assert.All(FlexLmErrorTable.All, error => Assert.Equal(error, FlexLmErrorTable.Find(error.Code)));
        Assert.Equal(FlexLmErrorTable.All.Count, FlexLmErrorTable.All.Select(error => error.Name).Distinct().Count());
        Assert.Null(FlexLmErrorTable.Find(0));
        Assert.Null(FlexLmErrorTable.Find(int.MinValue));
        Assert.Equal("LM_VENDOR_DOWN", FlexLmErrorTable.Find(-97)!.Name);
    }

    private static FlexLmEnvironment Machine() => new()
    {
        HomeDirectory = "/home/me",
        FileExists = path => Files.ContainsKey(path) || path == "/etc/locked.lic",
        LicenseFilesIn = path => path == "/etc" ? ["/etc/one.lic", "/etc/triad.lic"] : [],
        Open = path => path == "/etc/locked.lic" ? throw new UnauthorizedAccessException("no") : new StringReader(Files[path]),
    };
}
