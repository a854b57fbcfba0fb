using System;
using System.IO;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
using Xunit;

namespace PSLabNet.Tests.LmStat;

public sealed partial class FlexLmStatReaderTests
{
    private const string Head = """
        lmutil - Copyright (c) 1989-2024 Flexera. All Rights Reserved.
        Flexible License Manager status on Mon 2/10/2025 11:26

        License server status: 27000@lic1
            License file(s) on lic1: /lic/a.lic:

        lic1: license server UP (MASTER) v11.19.6

        Vendor daemon status (on lic1):

           vend: UP v11.19.6

        Feature usage info:


        """;

    private static readonly FlexLmStatOptions Options = new() { TimeZone = Corpus.Zone, ReadAt = Corpus.At("2025-06-01T12:00:00+02:00") };

    public static TheoryData<string> Files { get; } = [.. Corpus.Names("lmstat", "*.txt")];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_report_of_the_corpus_becomes_the_objects_expected(string name)
    {
        using FileStream file = File.OpenRead(Corpus.PathOf("lmstat", name));

        Corpus.AssertExpected("lmstat", name, SnapshotJson.Of(FlexLmStatReader.Read(file, Options)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Line_by_line_gives_the_same_as_the_whole_text(string name)
    {
        string text = File.ReadAllText(Corpus.PathOf("lmstat", name));
        var reader = new FlexLmStatReader(Options);
        var snapshots = text.Split('\n').SelectMany(line => reader.Add(line)).ToList();
        snapshots.Add(reader.Complete()!);

        Assert.Equal(SnapshotJson.Of(FlexLmStatReader.Read(new StringReader(text), Options)), SnapshotJson.Of(snapshots));
        Assert.Null(reader.Complete());

        var other = new FlexLmStatReader(Options);
        Assert.Equal(SnapshotJson.Of(snapshots), SnapshotJson.Of([.. other.Add(text), other.Complete()!]));
    }

    [Theory]
    [InlineData(", expiry: 31-dec-2025", true, true)]
    [InlineData(", expiry: permanent(no expiration date)", false, true)]
    [InlineData("", false, false)]
    public void An_expiry_that_the_report_lacks_is_not_read_as_never(string expiry, bool hasDay, bool isKnown)
    {
        string text = Head + $"Users of f:  (Total of 9 licenses issued;  Total of 0 licenses in use)\n\n  \"f\" v1.0, vendor: vend{expiry}\n  floating license\n\n";

        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new StringReader(text), Options));

        FlexLmFeature feature = Assert.Single(snapshot.Features);
        FlexLmPool pool = Assert.Single(feature.Pools);
        Assert.Equal((hasDay, isKnown), (feature.Expires is not null, feature.IsExpiryKnown));
        Assert.Equal((hasDay, isKnown), (pool.Expires is not null, pool.IsExpiryKnown));
        Assert.Equal(!isKnown, snapshot.Warnings.Any(warning => warning.Contains("does not mean never", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_server_has_the_name_that_the_caller_gave()
    {
        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(
            new StringReader(Head + "Users of f:  (Total of 9 licenses issued;  Total of 0 licenses in use)\n"), Options with { Server = "@lic" }));

        Assert.Equal("@lic", Assert.Single(snapshot.Features).Server);
        Assert.Equal("@lic", Assert.Single(snapshot.Servers).Server);
        Assert.Equal("lic1", snapshot.Servers[0].HostName);
    }

    [Theory]
    [InlineData("Users of g:  (Total of 3000000000 licenses issued;  Total of 2 licenses in use)")]
    [InlineData("Users of g:  (Total of 9 licenses rented)")]
    [InlineData("Users of g:  cannot be listed now")]
    [InlineData("Users of g:")]
    public void Users_below_an_unreadable_feature_are_not_assigned_to_the_one_before(string header)
    {
        FlexLmSnapshot snapshot = Read(Head + $"""
            Users of f:  (Total of 9 licenses issued;  Total of 1 license in use)

              "f" v1.0, vendor: vend, expiry: 31-dec-2025
              floating license

                alice ws1 ws1 (v1.0) (lic1/27000 101), start Mon 2/10 8:00

            {header}

              "g" v1.0, vendor: vend, expiry: permanent(no expiration date)
              floating license

                bob ws2 ws2 (v1.0) (lic1/27000 201), start Mon 2/10 8:00, 2 licenses

            Users of h:  (Total of 9 licenses issued;  Total of 1 license in use)

                carol ws3 ws3 (v1.0) (lic1/27000 301), start Mon 2/10 8:00

            """)!;

        Assert.Equal([("f", 1), ("h", 1)], snapshot.Features.Select(feature => (feature.Name, feature.InUse)));
        Assert.Equal(["alice", "carol"], snapshot.Features.SelectMany(feature => feature.Checkouts).Select(checkout => checkout.User));
        Assert.Single(snapshot.Features[0].Pools);
        Assert.Equal(header, snapshot.Unparsed[0].Text);
        Assert.Contains(snapshot.Unparsed, line => line.Text.StartsWith("bob", StringComparison.Ordinal));
    }

    [Fact]
    public void Objects_describe_themselves_in_one_line()
    {
        FlexLmSnapshot snapshot = Read(Head + "Users of f:  (Total of 9 licenses issued;  Total of 0 licenses in use)\nwhat\n")!;

        Assert.Equal("27000@lic1: 1 features, 2025-02-10 11:26", snapshot.ToString());
        Assert.Equal("16: what", snapshot.Unparsed[0].ToString());
    }

    [Fact]
    public void Explanations_of_an_error_belong_to_it()
    {
        FlexLmSnapshot snapshot = Read("""
            lmutil - Copyright (c) 1989-2018 Flexera. All Rights Reserved.
            Flexible License Manager status on Mon 2/10/2025 11:26
            Error getting status: License server machine is down or not responding.
            Feature:       x
            License path:  27000@lic1 -
            FlexNet Licensing error:-96,491
            For further information, refer to the FlexNet Licensing documentation,
            available at "www.flexerasoftware.com".
            something else
            """)!;

        FlexLmServerStatus server = Assert.Single(snapshot.Servers);
        Assert.StartsWith("License server machine is down or not responding. Feature:", server.Error!.Message, StringComparison.Ordinal);
        Assert.EndsWith("flexerasoftware.com\".", server.Error.Message, StringComparison.Ordinal);
        Assert.Equal((-96, "LM_HOSTDOWN"), (server.Error.Code, server.Error.Name));
        Assert.Equal("something else", Assert.Single(snapshot.Unparsed).Text);
    }

    [Fact]
    public void Text_given_once_for_many_lines_is_one_string_for_all_of_them()
    {
        // Found by fuzzing: each of the daemons had its own escaped copy of the long host.
        string host = "aaaaaaaaaaaaaa" + new string('\u0001', 661) + ". ";
        FlexLmSnapshot daemons = Read($"Vendor daemon status (on {host})\n{string.Join("\n", Enumerable.Range(0, 16).Select(index => $"a{index}: UP"))}")!;
        FlexLmSnapshot nodes = Read($"License server status: 27000@a.{new string('b', 700)}\na.b: license server UP v11.19\na.c: license server UP v11.19\n")!;

        Assert.Equal(16, daemons.Vendors.Count);
        Assert.All(daemons.Vendors, daemon => Assert.Same(daemons.Vendors[0].HostName, daemon.HostName));
        Assert.Equal(2, nodes.Servers[0].Nodes.Count);
        Assert.All(nodes.Servers[0].Nodes, node => Assert.Same(nodes.Servers[0].Nodes[0].Server, node.Server));
    }

    private static FlexLmSnapshot? Read(string text) => FlexLmStatReader.Read(new StringReader(text), Options).SingleOrDefault();

    [Fact]
    public void An_old_report_shows_its_date_and_what_has_expired_since()
    {
        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new StringReader(Head + """
            Users of fa:  (Total of 3 licenses issued;  Total of 0 licenses in use)

              "fa" v1.0, vendor: vend, expiry: 28-feb-2025

            Users of fb:  (Total of 3 licenses issued;  Total of 0 licenses in use)

              "fb" v1.0, vendor: vend, expiry: 31-dec-2030

            Users of fc:  (Total of 3 licenses issued;  Total of 0 licenses in use)

              "fc" v1.0, vendor: vend, expiry: 31-dec-2024
            """), Options));

        Assert.Null(ReportAge.Describe(snapshot, Corpus.At("2025-02-11T11:25:00+01:00")));
        Assert.Equal("The report is of 2025-02-10 11:26, 2 days ago.", ReportAge.Describe(snapshot, Corpus.At("2025-02-12T12:00:00+01:00")));
        Assert.Equal(
            "The report is of 2025-02-10 11:26, 20 days ago. Licenses of these features have expired since then: fa.",
            ReportAge.Describe(snapshot, Corpus.At("2025-03-03T00:00:00+01:00")));
    }
}
