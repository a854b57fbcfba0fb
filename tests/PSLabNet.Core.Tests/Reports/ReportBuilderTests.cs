using System;
using System.Linq;
using System.Net;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Report.Data;
using Xunit;

namespace PSLabNet.Tests.Reports;

public sealed class ReportBuilderTests
{
    private static readonly DateTimeOffset Now = SampleReport.Now;

    [Fact]
    public void The_last_status_of_a_server_queried_several_times_is_shown()
    {
        var builder = new FlexLmReportBuilder();
        builder.Add(new FlexLmServerStatus { Server = "s", Status = FlexLmState.Up, CheckedAt = Now });
        builder.Add(new FlexLmServerStatus { Server = "s", Status = FlexLmState.Down, CheckedAt = Now.AddHours(-1) });

        Assert.Equal(FlexLmState.Up, builder.ToReport("r", Now).Servers.Single().Status);
    }

    [Fact]
    public void Output_of_lmstat_that_is_cut_off_or_unreadable_is_a_gap()
    {
        var builder = new FlexLmReportBuilder();
        builder.Add(new FlexLmSnapshot { Source = "lmstat.txt", ReportedAt = Now, Unparsed = [new FlexLmUnparsedLine(3, "?"), new FlexLmUnparsedLine(4, "?")] });

        Assert.Equal(
            [
                "The output of lmstat of 2026-11-20 14:30 +01:00 in lmstat.txt ends in the middle, or its numbers do not add up.",
                "In the output of lmstat of 2026-11-20 14:30 +01:00 in lmstat.txt, 2 lines were not understood.",
            ],
            builder.ToReport("r", Now).Gaps);
    }

    [Fact]
    public void A_log_without_dates_is_one_gap()
    {
        var builder = new FlexLmReportBuilder();
        for (int at = 0; at < 3; at++)
        {
            builder.Add(new FlexLmLogEvent { Kind = FlexLmLogKind.Denied, Time = Now, Source = "debug.log" });
        }

        Assert.Single(builder.ToReport("r", Now).Gaps, gap => gap.Contains("debug.log", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_any_log_event_denials_are_unknown() => Assert.Null(new FlexLmReportBuilder().ToReport("r", Now).Denials);

    [Fact]
    public void Later_additions_do_not_change_a_report()
    {
        var builder = new FlexLmReportBuilder();
        FlexLmReport report = builder.ToReport("r", Now);
        builder.Add(new FlexLmServerStatus { Server = "s" });
        builder.AddGap("gap");

        Assert.Empty(report.Servers);
        Assert.Empty(report.Gaps);
    }

    [Fact]
    public void A_server_with_several_names_is_shown_once_and_its_use_is_plotted_once()
    {
        var builder = new FlexLmReportBuilder();
        var identity = new ServerIdentity(new IPEndPoint(IPAddress.Parse("10.0.0.5"), 27000), "lic");
        foreach (string name in new[] { "27000@lic1", "27000@10.0.0.5" })
        {
            builder.Add(new FlexLmServerStatus { Server = name, Status = FlexLmState.Up, CheckedAt = Now, Identity = identity });
            for (int minute = -2; minute <= 0; minute++)
            {
                builder.Add(new FlexLmFeature { Server = name, Vendor = "v", Name = "f", Issued = 10, ReportedInUse = 2 - minute, CheckedAt = Now.AddMinutes(minute), Identity = identity });
            }
        }

        FlexLmReport report = builder.ToReport("r", Now);

        FlexLmServerStatus server = Assert.Single(report.Servers);
        Assert.Equal("27000@lic1", server.Server);
        Assert.Contains("27000@10.0.0.5", Assert.Single(server.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(report.Features).ReportedInUse);
        Assert.Equal(("27000@lic1", 10), Assert.Single(report.Use) is var use ? (use.Server, use.Issued!.Value) : default);
    }
}
