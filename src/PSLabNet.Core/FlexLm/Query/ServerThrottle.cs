using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.FlexLm.Query;

/// <summary>
/// Asks many servers, some at a time. A server counts until its last connection is closed, so handles have a limit. One that
/// has not answered for half a second while others wait is put back: its connections are closed, and it is asked again after
/// the others, with all its time. So dead servers delay no others for longer than that.
/// </summary>
internal sealed class ServerThrottle : IDisposable
{
    private readonly SemaphoreSlim places;
    private int waitingCount;

    private ServerThrottle(int limit, int serverCount)
    {
        places = new SemaphoreSlim(Math.Max(limit, 1));
        waitingCount = serverCount;
    }

    /// <summary>
    /// Does the same for many servers, no more than <see cref="FlexLmQueryOptions.ThrottleLimit"/> at a time.
    /// </summary>
    /// <typeparam name="T">The result of one server.</typeparam>
    /// <param name="servers">The servers.</param>
    /// <param name="options">How to ask.</param>
    /// <param name="query">
    /// The query of one server, made with the client and the token that it receives. It delivers nothing before its first
    /// answer, and throws <see cref="OperationCanceledException"/> if the token ends it.
    /// </param>
    /// <param name="deliver">
    /// Receives each result as soon as it is known; of three servers that were taken for a triad, all three one after the other,
    /// once they are known. Not called by two threads at a time.
    /// </param>
    /// <param name="cancellationToken">Ends all of them.</param>
    /// <returns>When all servers are done.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task ForEachAsync<T>(
        IEnumerable<FlexLmServerAddress> servers,
        FlexLmQueryOptions options,
        Func<FlexLmServerAddress, FlexLmClient, CancellationToken, Task<T>> query,
        Action<FlexLmServerAddress, T> deliver,
        CancellationToken cancellationToken)
    {
        FlexLmServerAddress[] all = [.. servers];
        using var throttle = new ServerThrottle(options.ThrottleLimit, all.Length);
        var one = new object();
        await Task.WhenAll(all.Select(async server =>
        {
            IReadOnlyList<(FlexLmServerAddress Server, T Result)> results = await throttle.AskAllAsync(query, server, options, cancellationToken).ConfigureAwait(false);
            lock (one)
            {
                foreach ((FlexLmServerAddress part, T result) in results)
                {
                    deliver(part, result);
                }
            }
        }).ToArray()).ConfigureAwait(false);
    }

    /// <summary>Frees what the waits hold.</summary>
    public void Dispose() => places.Dispose();

    private async Task<IReadOnlyList<(FlexLmServerAddress Server, T Result)>> AskAllAsync<T>(
        Func<FlexLmServerAddress, FlexLmClient, CancellationToken, Task<T>> query, FlexLmServerAddress server, FlexLmQueryOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return [await AskOneAsync(server, options).ConfigureAwait(false)];
        }
        catch (SeparateServersException separate)
        {
            options.Log.Warning(separate.Message);
            FlexLmQueryOptions rest = options with { Timeout = separate.Remaining };
            Interlocked.Add(ref waitingCount, separate.Servers.Count);
            return await Task.WhenAll(separate.Servers.Select(part => AskOneAsync(part, rest))).ConfigureAwait(false);
        }

        async Task<(FlexLmServerAddress, T)> AskOneAsync(FlexLmServerAddress one, FlexLmQueryOptions how) =>
            (one, await AskAsync((place, token) => query(one, new FlexLmClient(place.Options), token), how, cancellationToken).ConfigureAwait(false));
    }

    private async Task<T> AskAsync<T>(Func<ThrottleSlot, CancellationToken, Task<T>> query, FlexLmQueryOptions options, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        Interlocked.Decrement(ref waitingCount);
        try
        {
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var place = new ThrottleSlot(options);
            Task<T> running = query(place, giveUp.Token);
            if (await place.IsSilentAsync(running).ConfigureAwait(false) && Volatile.Read(ref waitingCount) > 0 && place.TryGiveUp())
            {
                giveUp.Cancel();
            }

            return await running.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It was given up.
        }
        finally
        {
            places.Release();
        }

        // Waits are served in their order, so this is after all servers that waited.
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await query(new ThrottleSlot(options), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }
}
