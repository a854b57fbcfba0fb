using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Net;

namespace PSLabNet.FlexLm.Query;

/// <summary>What the query of one server may spend: time, bytes; and what it learns on the way: names, warnings.</summary>
internal sealed class ServerSession : IDisposable
{
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource deadline;
    private readonly SemaphoreSlim vendorTurns = new(QueryLimits.VendorsAtOnce);
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly ConcurrentDictionary<string, Lazy<Task<IPAddress[]>>> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, int> warnings = new(StringComparer.Ordinal);

    public ServerSession(FlexLmQueryOptions options, CancellationToken caller)
    {
        Options = options;
        this.caller = caller;
        deadline = CancellationTokenSource.CreateLinkedTokenSource(caller);
        deadline.CancelAfter(options.Timeout);
        CheckedAt = options.Now();
        Connections = new ConnectionContext(options.Network, options.Log, new ByteBudget(QueryLimits.BytesPerServer, QueryLimits.BytesPerMessage), Token);
    }

    public FlexLmQueryOptions Options { get; }

    public DateTimeOffset CheckedAt { get; }

    /// <summary>What the connections of this session share.</summary>
    public ConnectionContext Connections { get; }

    /// <summary>Ends everything at the deadline, and when the caller gives up.</summary>
    public CancellationToken Token => deadline.Token;

    public TimeSpan Remaining
    {
        get
        {
            TimeSpan left = Options.Timeout - clock.Elapsed;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public string[] Warnings => [.. warnings.OrderBy(warning => warning.Value).Select(warning => warning.Key)];

    public uint UnixTime => unchecked((uint)Options.Now().ToUnixTimeSeconds());

    public void Dispose()
    {
        deadline.Dispose();
        vendorTurns.Dispose();
    }

    /// <summary>Waits until a vendor daemon can be asked without asking more of them at a time than are asked.</summary>
    /// <returns>The turn; to be disposed of when the daemon has been asked.</returns>
    /// <exception cref="OperationCanceledException">The session ended.</exception>
    public async Task<IDisposable> TakeVendorTurnAsync()
    {
        await vendorTurns.WaitAsync(Token).ConfigureAwait(false);
        return new Turn(vendorTurns);
    }

    /// <summary>A limit for a wait inside: never more than a part of the time that is left.</summary>
    public TimeSpan Limit(TimeSpan wanted)
    {
        var most = TimeSpan.FromTicks(Remaining.Ticks / QueryLimits.PartOfRemaining);
        return wanted < most ? wanted : most;
    }

    /// <summary>The time for an answer without which the result is not whole.</summary>
    public TimeSpan NeededAnswer()
    {
        var part = TimeSpan.FromTicks(Options.Timeout.Ticks / QueryLimits.PartForNeededAnswer);
        return part > QueryLimits.SingleAnswer ? part : QueryLimits.SingleAnswer;
    }

    public void Warn(string text)
    {
        // The same is often found out for lmgrd and for each of its vendor daemons.
        if (warnings.TryAdd(text, warnings.Count))
        {
            Options.Log.Warning(text);
        }
    }

    /// <summary>The addresses of a name, or the address that the text is. Each name is looked up once.</summary>
    /// <exception cref="SocketException">The name is not known.</exception>
    /// <exception cref="OperationCanceledException">The token ended it.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken token)
    {
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return [address];
        }

        Task<IPAddress[]> lookup = names.GetOrAdd(host, name => new Lazy<Task<IPAddress[]>>(() => LookUpAsync(name))).Value;
        await lookup.WaitOrAbandonAsync(token).ConfigureAwait(false);
        return await lookup.ConfigureAwait(false);
    }

    /// <summary>Throws what the caller asked for, if the caller gave up.</summary>
    public void ThrowIfCallerCancelled() => caller.ThrowIfCancellationRequested();

    /// <summary>True for what a peer, the network or the deadline can end an exchange with.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is FlexLmErrorException or FlexLmProtocolException or SocketException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Makes the typed error of what ended an exchange.</summary>
    /// <param name="exception">One that is expected.</param>
    /// <param name="code">FlexLM's number for a socket that fails or is silent at this point.</param>
    /// <param name="action">What was being done.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public FlexLmError Explain(Exception exception, int code, string action)
    {
        ThrowIfCallerCancelled();
        switch (exception)
        {
            case FlexLmErrorException failure:
                return failure.Error;
            case FlexLmProtocolException protocol:
                return FlexLmErrorTable.Make(FlexLmErrorCode.BadCommunication, action, protocol.Message);
            case SocketException socket when !Token.IsCancellationRequested:
                int number = socket.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
                    ? FlexLmErrorCode.HostDown
                    : code;
                return new FlexLmError(FlexLmErrorTable.Make(number, action, $"({action}: {Describe(socket.SocketErrorCode)})")) { SocketError = socket.SocketErrorCode };
            default:
                string details = $"({action}: no answer in time)";
                return new FlexLmError(FlexLmErrorTable.Make(code, action, details)) { SocketError = SocketError.TimedOut };
        }
    }

    private static string Describe(SocketError error) => error switch
    {
        SocketError.Disconnecting => "the peer closed the connection",
        SocketError.ConnectionAborted => "the peer closed the connection in the middle of a message",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name is unknown",
        _ => error.ToString(),
    };

    private async Task<IPAddress[]> LookUpAsync(string name)
    {
        try
        {
            IPAddress[] found = await Options.Network.LookUpAsync(name).ConfigureAwait(false);
            return found.Length > 0 ? found : throw new SocketException((int)SocketError.NoData);
        }
        catch (ArgumentException)
        {
            // Longer than a name can be, or of characters that none can have: no host has it.
            throw new SocketException((int)SocketError.HostNotFound);
        }
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
