using System;
using System.Net.Sockets;
using System.Threading;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>What a peer, the network or the deadline can end an exchange with, and the typed error that it becomes.</summary>
internal static class ExchangeFault
{
    /// <summary>True for what a peer, the network or the deadline can end an exchange with.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is FlexLmErrorException or FlexLmProtocolException or SocketException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Makes the typed error of what ended an exchange.</summary>
    /// <param name="exception">One that is expected.</param>
    /// <param name="code">FlexLM's number for a socket that fails or is silent at this point.</param>
    /// <param name="action">What was being done.</param>
    /// <param name="session">Cancelled if the time for the server is over.</param>
    public static FlexLmError ToError(Exception exception, int code, string action, CancellationToken session)
    {
        switch (exception)
        {
            case FlexLmErrorException failure:
                return failure.Error;
            case FlexLmProtocolException { Fault: FlexLmProtocolFault.OtherProtocol } other:
                return new FlexLmError(FlexLmErrorTable.Make(FlexLmErrorCode.BadCommunication, action, other.Message)) { IsOtherProtocol = true };
            case FlexLmProtocolException protocol:
                return FlexLmErrorTable.Make(FlexLmErrorCode.BadCommunication, action, protocol.Message);
            case SocketException socket when !session.IsCancellationRequested:
                int number = IsUnknownHost(socket.SocketErrorCode) ? FlexLmErrorCode.HostDown : code;
                return new FlexLmError(FlexLmErrorTable.Make(number, action, $"({action}: {Describe(socket.SocketErrorCode)})")) { SocketError = socket.SocketErrorCode };
            default:
                string details = $"({action}: no answer in time)";
                return new FlexLmError(FlexLmErrorTable.Make(code, action, details)) { SocketError = SocketError.TimedOut };
        }
    }

    private static bool IsUnknownHost(SocketError error) => error is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain;

    private static string Describe(SocketError error) => error switch
    {
        SocketError.Disconnecting => "the peer closed the connection",
        SocketError.ConnectionAborted => "the peer closed the connection in the middle of a message",
        _ => IsUnknownHost(error) ? "the host name is unknown" : error.ToString(),
    };
}
