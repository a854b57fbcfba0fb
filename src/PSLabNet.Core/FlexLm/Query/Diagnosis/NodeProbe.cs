using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>An attempt to connect to one address and port.</summary>
/// <param name="Remote">Address and port.</param>
/// <param name="Duration">How long the attempt took.</param>
/// <param name="Connection">The connection; null if there is none.</param>
/// <param name="Failure">Why there is none; null if there is one.</param>
internal sealed record ConnectAttempt(IPEndPoint Remote, TimeSpan Duration, FlexLmConnection? Connection, Exception? Failure);

/// <summary>
/// Connects to all addresses of a host, and says hello on the first connection; on the next one only if that fails. Without a port
/// it tries the default ports one after the other, and stops at the first lmgrd.
/// </summary>
internal sealed class NodeProbe(FlexLmNode node, ServerSession session)
{
    private readonly List<ConnectAttempt> attempts = [];
    private readonly List<(IPEndPoint Remote, TimeSpan Duration, FlexLmError Error)> failedHellos = [];
    private readonly List<Task<ConnectAttempt>> running = [];
    private readonly Queue<IPEndPoint> next = new();

    /// <summary>The attempts to connect, as they ended.</summary>
    public IReadOnlyList<ConnectAttempt> Attempts => attempts;

    /// <summary>Connections on which no hello came back.</summary>
    public IReadOnlyList<(IPEndPoint Remote, TimeSpan Duration, FlexLmError Error)> FailedHellos => failedHellos;

    /// <summary>lmgrd; null if it did not say hello.</summary>
    public ManagerClient? Manager { get; private set; }

    private bool IsSearch => node.Port is null;

    /// <summary>Tries all addresses.</summary>
    public async Task RunAsync(IReadOnlyList<IPAddress> addresses, CancellationToken token)
    {
        IEnumerable<int> ports = node.Port is { } port ? [port] : Enumerable.Range(QueryLimits.FirstPort, QueryLimits.LastPort - QueryLimits.FirstPort + 1);
        foreach (int each in ports)
        {
            foreach (IPAddress address in addresses)
            {
                next.Enqueue(new IPEndPoint(address, each));
            }
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        try
        {
            await TryAllAsync(stop, token).ConfigureAwait(false);
        }
        finally
        {
            stop.Cancel();
            foreach (ConnectAttempt late in await Task.WhenAll(running).ConfigureAwait(false))
            {
                late.Connection?.Dispose();
            }
        }
    }

    private async Task TryAllAsync(CancellationTokenSource stop, CancellationToken token)
    {
        while ((next.Count > 0 || running.Count > 0) && !(IsSearch && Manager is not null))
        {
            do
            {
                if (next.Count > 0)
                {
                    running.Add(OpenAsync(next.Dequeue(), stop.Token));
                }
            }
            while (!IsSearch && next.Count > 0);

            await WaitAsync(token).ConfigureAwait(false);
            foreach (Task<ConnectAttempt> ended in running.Where(task => task.IsCompleted).ToArray())
            {
                running.Remove(ended);
                await TakeAsync(await ended.ConfigureAwait(false), token).ConfigureAwait(false);
                if (Manager is not null && !IsSearch)
                {
                    // Other addresses that are silent must not take the time of everything else.
                    stop.CancelAfter(session.Limit(QueryLimits.NamedHost));
                }
            }
        }
    }

    private async Task WaitAsync(CancellationToken token)
    {
        Task any = Task.WhenAny(running);
        if (next.Count == 0)
        {
            await any.ConfigureAwait(false);
            return;
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(token);
        await Task.WhenAny(any, Task.Delay(QueryLimits.Stagger, timer.Token)).ConfigureAwait(false);
        timer.Cancel();
    }

    private async Task<ConnectAttempt> OpenAsync(IPEndPoint remote, CancellationToken token)
    {
        Stopwatch clock = Stopwatch.StartNew();
        try
        {
            return new ConnectAttempt(remote, clock.Elapsed, await FlexLmConnection.OpenAsync(remote, session.Connections, token).ConfigureAwait(false), null) { Duration = clock.Elapsed };
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            return new ConnectAttempt(remote, clock.Elapsed, null, exception);
        }
    }

    private async Task TakeAsync(ConnectAttempt attempt, CancellationToken token)
    {
        attempts.Add(attempt);
        if (attempt.Connection is not { } connection)
        {
            session.ThrowIfCallerCancelled();
            return;
        }

        if (Manager is null)
        {
            await SayHelloAsync(connection, token).ConfigureAwait(false);
        }
        else
        {
            connection.Dispose();
        }
    }

    private async Task SayHelloAsync(FlexLmConnection connection, CancellationToken token)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (next.Count > 0 || running.Count > 0)
        {
            limit.CancelAfter(session.Limit(QueryLimits.NamedHost));
        }

        try
        {
            using (limit.Token.Register(connection.Dispose))
            {
                Manager = await ManagerClient.StartAsync(connection, session, node.Host).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            connection.Dispose();
            Exception cause = limit.IsCancellationRequested ? new OperationCanceledException(limit.Token) : exception;
            FlexLmError error = session.Explain(cause, FlexLmErrorCode.CannotRead, $"say hello to {connection.Remote}");
            failedHellos.Add((connection.Remote, clock.Elapsed, error));
        }
    }
}
