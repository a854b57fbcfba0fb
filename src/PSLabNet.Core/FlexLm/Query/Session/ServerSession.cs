using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>What the query of one server may spend: time, bytes; and what it learns on the way: addresses of names, warnings.</summary>
internal sealed class ServerSession : IDisposable
{
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource deadline;
    private readonly CancellationTokenSource end;
    private readonly SemaphoreSlim vendorTurns = new(QueryLimits.VendorsAtOnce);
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly HashSet<string> places = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<IPEndPoint> endPoints = [];
    private readonly HashSet<string> warned = new(StringComparer.Ordinal);
    private readonly List<string> warnings = [];

    public ServerSession(SessionOptions options, CancellationToken caller)
    {
        Options = options;
        this.caller = caller;
        deadline = CancellationTokenSource.CreateLinkedTokenSource(caller);
        deadline.CancelAfter(options.Timeout);
        end = CancellationTokenSource.CreateLinkedTokenSource(caller);
        end.CancelAfter(Sum(options.Timeout, QueryLimits.Grace));
        Text = new TextLimits(options.MaxTextSize);
        CheckedAt = options.Now();
        Names = new HostNames(options.Network);
        Connections = new ConnectionContext(
            options.Network, options.Log, new ByteBudget(Text.MostBytesOfServer, QueryLimits.BytesPerMessage), Text.MostBytes, Token);
    }

    public SessionOptions Options { get; }

    public DateTimeOffset CheckedAt { get; }

    /// <summary>The addresses of the hosts that are named.</summary>
    public HostNames Names { get; }

    /// <summary>What the connections of this session share.</summary>
    public ConnectionContext Connections { get; }

    /// <summary>How much text is taken.</summary>
    public TextLimits Text { get; }

    /// <summary>Ends everything on the network at the deadline, and when the caller gives up.</summary>
    public CancellationToken Token => deadline.Token;

    /// <summary>
    /// Ends reading, pooling and delivering of what has come: when the caller gives up, and soon after the deadline
    /// (<see cref="QueryLimits.Grace"/>).
    /// </summary>
    public CancellationToken EndToken => end.Token;

    public TimeSpan Remaining
    {
        get
        {
            TimeSpan left = Options.Timeout - clock.Elapsed;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public string[] Warnings
    {
        get
        {
            lock (warnings)
            {
                return [.. warnings];
            }
        }
    }

    public uint UnixTime => unchecked((uint)Options.Now().ToUnixTimeSeconds());

    public void Dispose()
    {
        deadline.Dispose();
        end.Dispose();
        vendorTurns.Dispose();
    }

    /// <summary>Waits until fewer vendor daemons than the limit are being asked.</summary>
    /// <returns>The turn; to be disposed of when the daemon has been asked.</returns>
    /// <exception cref="OperationCanceledException">The session ended.</exception>
    public async Task<IDisposable> TakeVendorTurnAsync()
    {
        await vendorTurns.WaitAsync(Token).ConfigureAwait(false);
        return new Turn(vendorTurns);
    }

    /// <summary>Counts a place where lmgrd says that a vendor daemon is.</summary>
    /// <returns>False if it has named too many.</returns>
    public bool TryAddPlace(string host, uint port)
    {
        string place = FormattableString.Invariant($"{port}@{host}");
        lock (places)
        {
            return places.Contains(place) || (places.Count < QueryLimits.PlacesPerServer && places.Add(place));
        }
    }

    /// <summary>Counts an address and port that lmgrd leads to: a name may have many addresses.</summary>
    /// <returns>False if there are too many.</returns>
    public bool TryAddEndPoint(IPEndPoint endPoint)
    {
        lock (endPoints)
        {
            return endPoints.Contains(endPoint) || (endPoints.Count < QueryLimits.PlacesPerServer && endPoints.Add(endPoint));
        }
    }

    /// <summary>A limit for a wait inside: never more than a part of the time that is left.</summary>
    public TimeSpan Limit(TimeSpan wanted)
    {
        var most = TimeSpan.FromTicks(Remaining.Ticks / QueryLimits.PartOfRemaining);
        return wanted < most ? wanted : most;
    }

    /// <summary>
    /// A wait that covers several round trips and takes only a part of the time that is left. It covers at least two
    /// round trips, because no answer of a distant daemon can come sooner.
    /// </summary>
    public TimeSpan WaitFor(TimeSpan least, TimeSpan roundTrip)
    {
        var several = TimeSpan.FromTicks(roundTrip.Ticks * QueryLimits.RoundTrips);
        var two = TimeSpan.FromTicks(roundTrip.Ticks * 2);
        TimeSpan limit = Limit(least > several ? least : several);
        return limit > two ? limit : two;
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
        lock (warnings)
        {
            if (warnings.Count > QueryLimits.MostWarnings || !warned.Add(text))
            {
                return;
            }

            text = warnings.Count < QueryLimits.MostWarnings ? text : "There are more warnings about this server, which are left out.";
            warnings.Add(text);
        }

        Options.Log.Warning(text);
    }

    /// <summary>Throws what the caller asked for, if the caller gave up.</summary>
    public void ThrowIfCallerCancelled() => caller.ThrowIfCancellationRequested();

    /// <summary>Makes the typed error of what ended an exchange.</summary>
    /// <param name="exception">One that is expected.</param>
    /// <param name="code">FlexLM's number for a socket that fails or is silent at this point.</param>
    /// <param name="action">What was being done.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public FlexLmError Explain(Exception exception, int code, string action)
    {
        ThrowIfCallerCancelled();
        return ExchangeFault.ToError(exception, code, action, Token);
    }

    private static TimeSpan Sum(TimeSpan timeout, TimeSpan grace)
    {
        // The longest time of a timer.
        var most = TimeSpan.FromMilliseconds(int.MaxValue);
        return timeout < most - grace ? timeout + grace : most;
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
