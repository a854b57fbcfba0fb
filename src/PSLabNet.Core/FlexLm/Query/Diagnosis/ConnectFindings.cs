using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Sockets;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>What attempts to connect say: refused, no answer, slow, no way there.</summary>
internal static class ConnectFindings
{
    // A lost packet is sent again after a second. A connection in a laboratory takes some milliseconds, one to another continent 0.3 s.
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(700);

    private enum Outcome
    {
        Connected,
        Refused,
        NoAnswer,
        NoWay,
        Other,
    }

    /// <summary>One attempt, on a port that was named.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="listener">What should listen there, for example <c>lmgrd</c>.</param>
    /// <param name="isElsewhereUp">True if the daemon was reached at another address.</param>
    public static StepFinding Describe(ConnectAttempt attempt, string listener, bool isElsewhereUp)
    {
        string duration = Text(attempt.Duration);
        FlexLmStepState failed = isElsewhereUp ? FlexLmStepState.Warning : FlexLmStepState.Failed;
        string also = isElsewhereUp ? " Programs that try this address first have to wait, or fail." : string.Empty;
        string remote = attempt.Remote.ToString();
        return Of(attempt) switch
        {
            Outcome.Connected when attempt.Duration > Slow => new(FlexLmStepState.Warning,
                $"{remote} accepts connections, but only after {duration}.",
                "Look for lost packets and for an overloaded host or firewall: a lost packet costs a second."),
            Outcome.Connected => StepFinding.Passed($"{remote} accepts connections, in {duration}."),
            Outcome.Refused => new(failed,
                $"{remote} refuses connections, after {duration}: no program listens on that port.{also}",
                $"Start {listener} on that host, or correct the port; the debug log of lmgrd names the port of each daemon."),
            Outcome.NoAnswer => new(failed,
                $"{remote} does not answer within {duration}: a firewall discards the packets, or no host that is on has this address.{also}",
                "Check that the host is on, and open the port in the firewalls on the way. Test-FlexLmServer -FirewallPort, run where the server answers, lists all ports."),
            Outcome.NoWay => new(failed,
                $"There is no way to {remote}: {ErrorOf(attempt)}, after {duration}.{also}",
                "Check this computer's network, its VPN and its routes."),
            _ => new(failed, $"{remote} can't be connected to: {ErrorOf(attempt)}, after {duration}.{also}", "Look up the error of the socket."),
        };
    }

    /// <summary>The attempts on several ports of one address.</summary>
    public static StepFinding DescribeSearch(IReadOnlyList<ConnectAttempt> attempts, int? found)
    {
        string tried = string.Join("; ", attempts.GroupBy(Of).Select(same =>
            $"{Ports(same.Select(attempt => attempt.Remote.Port))} {Verb(same.Key, same.First())}"));
        if (found is { } port)
        {
            return StepFinding.Passed(FormattableString.Invariant($"{attempts[0].Remote.Address}: lmgrd is on port {port}. Tried: {tried}."));
        }

        return attempts.Any(attempt => attempt.Failure is null)
            ? StepFinding.Passed(FormattableString.Invariant($"{attempts[0].Remote.Address}: tried {tried}."))
            : new(FlexLmStepState.Failed,
                FormattableString.Invariant($"No default port of {attempts[0].Remote.Address} accepts connections. Tried: {tried}."),
                "Start lmgrd on that host, or name its port: port@host. The SERVER line of its license file has the port.");
    }

    public static string Text(TimeSpan duration) => duration.TotalSeconds >= 1
        ? duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
        : Math.Max(duration.TotalMilliseconds, 0.1).ToString(duration.TotalMilliseconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " ms";

    private static Outcome Of(ConnectAttempt attempt) => attempt.Failure switch
    {
        null => Outcome.Connected,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => Outcome.Refused,
        SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.OperationAborted } => Outcome.NoAnswer,
        SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown } => Outcome.NoWay,
        SocketException => Outcome.Other,
        _ => Outcome.NoAnswer,
    };

    private static string Verb(Outcome outcome, ConnectAttempt first) => outcome switch
    {
        Outcome.Connected => "accepts connections",
        Outcome.Refused => "refused",
        Outcome.NoAnswer => "no answer",
        Outcome.NoWay => "no way there",
        _ => ErrorOf(first),
    };

    private static string ErrorOf(ConnectAttempt attempt) => attempt.Failure is SocketException socket ? socket.SocketErrorCode.ToString() : "no answer";

    // 27000, 27001, 27002 as 27000-27002.
    private static string Ports(IEnumerable<int> ports)
    {
        var texts = new List<string>();
        int first = -1;
        int last = -1;
        foreach (int port in ports.OrderBy(port => port))
        {
            if (first >= 0 && port == last + 1)
            {
                last = port;
                continue;
            }

            AddRange();
            first = last = port;
        }

        AddRange();
        return string.Join(", ", texts);

        void AddRange()
        {
            if (first >= 0)
            {
                texts.Add(first == last ? FormattableString.Invariant($"{first}") : FormattableString.Invariant($"{first}-{last}"));
            }
        }
    }
}
