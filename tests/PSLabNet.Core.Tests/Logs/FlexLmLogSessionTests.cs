using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Logs;
using Xunit;

namespace PSLabNet.Tests.Logs;

public sealed class FlexLmLogSessionTests
{
    [Fact]
    public void The_oldest_checkout_of_a_user_is_returned_first() => AssertSessions(
        """
        1:00:00 (v) OUT: "f" a@h
        2:00:00 (v) OUT: "f" a@h
        3:00:00 (v) IN: "f" a@h
        """,
        "1 1:00-3:00 Returned",
        "1 2:00-: Open");

    [Fact]
    public void A_checkout_of_zero_licenses_counts_as_one_when_taken_and_when_returned() => AssertSessions(
        """
        0:02:00 ()OUT:a (0 license)
        1:00:00 (v) OUT: "f" a@h (0 licenses)
        2:00:00 (v) IN: "f" a@h
        """,
        "1 1:00-2:00 Returned",
        "1 0:02-: Open");

    [Fact]
    public void A_session_describes_itself_in_one_line()
    {
        var session = new FlexLmLogSession { Feature = "f", User = "a", HostName = "h", Count = 2, Start = Corpus.At("2025-01-06T01:00:00Z") };

        Assert.Equal("f a@h (2) 2025-01-06 01:00:00 open", session.ToString());
        Assert.Equal(
            "f a@h (2) 2025-01-06 01:00:00 for 01:00:00",
            (new FlexLmLogSession(session) { End = Corpus.At("2025-01-06T02:00:00Z"), EndedBy = FlexLmSessionEnd.Returned }).ToString());
    }

    [Fact]
    public void Returning_a_part_leaves_the_rest_open() => AssertSessions(
        """
        1:00:00 (v) OUT: "f" a@h (5 licenses)
        2:00:00 (v) IN: "f" a@h (2 licenses)
        3:00:00 (v) IN: "f" a@h (3 licenses)
        """,
        "2 1:00-2:00 Returned",
        "3 1:00-3:00 Returned");

    [Fact]
    public void Returning_more_than_one_checkout_ends_several_and_one_from_before_the_log() => AssertSessions(
        """
        1:00:00 (v) OUT: "f" a@h (2 licenses)
        2:00:00 (v) OUT: "f" a@h
        3:00:00 (v) IN: "f" a@h (5 licenses) (INACTIVE)
        """,
        "2 1:00-3:00 TakenBack",
        "1 2:00-3:00 TakenBack",
        "2 :-3:00 TakenBack");

    [Fact]
    public void Another_feature_user_host_or_daemon_is_another_session() => AssertSessions(
        """
        1:00:00 (v) OUT: "f" a@h
        2:00:00 (w) IN: "f" a@h
        2:00:00 (v) IN: "g" a@h
        2:00:00 (v) IN: "f" b@h
        2:00:00 (v) IN: "f" a@i
        """,
        "1 :-2:00 Returned",
        "1 :-2:00 Returned",
        "1 :-2:00 Returned",
        "1 :-2:00 Returned",
        "1 1:00-: Open");

    [Fact]
    public void A_daemon_that_exits_ends_its_sessions_and_no_others() => AssertSessions(
        """
        1:00:00 (v) OUT: "f" a@h
        1:00:00 (w) OUT: "f" a@h
        2:00:00 (v) EXITING DUE TO SIGNAL 15
        """,
        "1 1:00-2:00 DaemonStopped",
        "1 1:00-: Open");

    [Fact]
    public void A_daemon_that_starts_held_nothing_before() => AssertSessions(
        """
        1:00:00 (v) OUT: "f" a@h
        2:00:00 (v) Server started on lic1 for: f
        3:00:00 (v) OUT: "f" a@h
        4:00:00 (lmgrd) REStarted v (internet tcp_port 1 pid 2)
        5:00:00 (v) OUT: "f" a@h
        6:00:00 (lmgrd) FlexNet Licensing (v11.19) started on lic1 (linux) (1/6/2025)
        """,
        "1 1:00-2:00 DaemonStopped",
        "1 3:00-4:00 DaemonStopped",
        "1 5:00-6:00 DaemonStopped");

    [Fact]
    public void A_request_to_stop_ends_sessions_at_its_time_if_nothing_follows() => AssertSessions(
        """
        1:00:00 (v) OUT: "f" a@h
        1:00:00 (v) OUT: "f" b@h
        2:00:00 (lmgrd) Shutdown requested from root@lic1
        2:00:01 (v) IN: "f" a@h (SHUTDOWN)
        3:00:00 (lmgrd) EXITING DUE TO SIGNAL 15
        """,
        "1 1:00-2:00 TakenBack",
        "1 1:00-2:00 DaemonStopped");

    [Fact]
    public void A_request_to_stop_that_was_rejected_ends_nothing() => AssertSessions(
        """
        1:00:00 (v) OUT: "f" a@h
        2:00:00 (v) Shutdown requested from root@lic1
        3:00:00 (v) OUT: "f" b@h
        """,
        "1 1:00-: Open",
        "1 3:00-: Open");

    [Fact]
    public void Many_users_and_restarts_take_no_longer_than_others()
    {
        var tracker = new FlexLmLogSessionTracker();
        var item = new FlexLmLogEvent { Kind = FlexLmLogKind.Out, Count = 1000, Feature = "f", HostName = "h", Daemon = "v" };
        int ended = 0;
        for (int index = 0; index < 100_000; index++)
        {
            tracker.Add(new FlexLmLogEvent(item) { User = index.ToString(CultureInfo.InvariantCulture) });
            tracker.Add(new FlexLmLogEvent(item) { User = "same" });
            tracker.Add(new FlexLmLogEvent(item) { Kind = FlexLmLogKind.Shutdown, Daemon = "lmgrd" });
            tracker.Add(new FlexLmLogEvent(item) { Kind = FlexLmLogKind.Started, Daemon = "other" });
            ended += tracker.Add(new FlexLmLogEvent(item) { Kind = FlexLmLogKind.In, User = "same", Count = 1 }).Count;
        }

        Assert.Equal(100_000, ended);
        Assert.Equal(199_900, tracker.OpenCount);
        Assert.Equal(199_900, tracker.Complete().Count);
        Assert.Equal(0, tracker.OpenCount);
    }

    [Fact]
    public void Starts_of_the_manager_take_no_longer_after_many_daemons()
    {
        const int Count = 200_000;
        var tracker = new FlexLmLogSessionTracker();
        var item = new FlexLmLogEvent { Kind = FlexLmLogKind.Out, Count = 1, Feature = "f", User = "u", HostName = "h" };
        for (int index = 0; index < Count; index++)
        {
            tracker.Add(new FlexLmLogEvent(item) { Daemon = index.ToString(CultureInfo.InvariantCulture) });
        }

        Comparison.AssertNoTimesLonger(
            () => Assert.Equal((2 * Count) - 1, Start(tracker)),
            () => Assert.Equal(Count - 1, Start(new FlexLmLogSessionTracker())));

        int Start(FlexLmLogSessionTracker started)
        {
            int ended = 0;
            for (int index = 0; index < Count; index++)
            {
                ended += started.Add(new FlexLmLogEvent(item) { Kind = FlexLmLogKind.Started, Daemon = "lmgrd" }).Count;
                started.Add(new FlexLmLogEvent(item) { Daemon = "v" });
            }

            return ended;
        }
    }

    [Fact]
    public void Licenses_that_come_back_end_the_oldest_checkout_of_the_same_number() => AssertSessions(
        """
        1:00:00 (v) OUT: "f" a@h (5 licenses)
        1:10:00 (v) OUT: "f" a@h (5 licenses)
        2:00:00 (v) OUT: "f" a@h (3 licenses)
        2:05:00 (v) IN: "f" a@h (3 licenses)
        3:00:00 (v) IN: "f" a@h (5 licenses)
        4:00:00 (v) IN: "f" a@h (4 licenses)
        5:00:00 (v) IN: "f" a@h
        """,
        "3 2:00-2:05 Returned",
        "5 1:00-3:00 Returned",
        "4 1:10-4:00 Returned",
        "1 1:10-5:00 Returned");

    [Theory]
    [InlineData("(lmgrd) v exited with status 0 signal = 11")]
    [InlineData("(lmgrd) v exited with status 28 (Communications error)")]
    [InlineData("(lmgrd) v: exited due to signal 9")]
    [InlineData("(lmgrd) Vendor daemon v died")]
    [InlineData("(lmgrd) \"v\" has terminated")]
    [InlineData("(lmgrd) v was killed")]
    [InlineData("(v) EXITING with code 14")]
    [InlineData("(v) Lost connection to lmgrd, heartbeat timeout expired, exiting.")]
    [InlineData("(v) No features to serve, exiting")]
    public void A_daemon_that_exits_by_whatever_line_ends_its_sessions(string line) => AssertSessions(
        $"""
        1:00:00 (v) OUT: "f" a@h
        1:00:00 (w) OUT: "f" a@h
        2:00:00 {line}
        3:00:00 (v) IN: "f" a@h
        """,
        "1 1:00-2:00 DaemonStopped",
        "1 :-3:00 Returned",
        "1 1:00-: Open");

    [Theory]
    [InlineData("(lmgrd) Client exited")]
    [InlineData("(v) User died of boredom")]
    [InlineData("(w) w exited with status 1")]
    public void A_line_that_speaks_of_another_exit_ends_no_session(string line) => AssertSessions(
        $"""
        1:00:00 (v) OUT: "f" a@h
        2:00:00 {line}
        """,
        "1 1:00-: Open");

    private static void AssertSessions(string log, params string[] expected)
    {
        var options = new FlexLmLogOptions { TimeZone = Corpus.Zone, StartDate = new DateTime(2025, 1, 6), Kinds = FlexLmLogSessionTracker.Kinds.ToArray() };
        IEnumerable<FlexLmLogSession> sessions = FlexLmLogSessionTracker.Track(FlexLmLogReader.Read(new StringReader(log), options));

        Assert.Equal(expected, sessions.Select(session => string.Format(
            CultureInfo.InvariantCulture, "{0} {1}-{2} {3}", session.Count, Clock(session.Start), Clock(session.End), session.EndedBy)));
    }

    private static string Clock(DateTimeOffset? time) => time?.ToString("H:mm", CultureInfo.InvariantCulture) ?? ":";
}
