using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.FlexLm.Query;

/// <summary>
/// Asks many servers, some at a time. A server that has not answered for half a second gives its place to the next while
/// it is waited for, so dead servers hold up no others.
/// </summary>
internal static class ServerThrottle
{
    /// <summary>
    /// Does the same for many servers, no more than <see cref="FlexLmQueryOptions.ThrottleLimit"/> at a time.
    /// </summary>
    /// <typeparam name="T">The result of one server.</typeparam>
    /// <param name="servers">The servers.</param>
    /// <param name="options">How to ask.</param>
    /// <param name="query">The query of one server, made with the client that it receives.</param>
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
        using var places = new SemaphoreSlim(Math.Max(options.ThrottleLimit, 1));
        var one = new object();
        await Task.WhenAll(servers.Select(async server =>
        {
            IReadOnlyList<(FlexLmServerAddress Server, T Result)> results = await RunAsync(places, AskAsync, server, options, cancellationToken).ConfigureAwait(false);
            lock (one)
            {
                foreach ((FlexLmServerAddress part, T result) in results)
                {
                    deliver(part, result);
                }
            }
        }).ToArray()).ConfigureAwait(false);

        async Task<(FlexLmServerAddress, T)> AskAsync(FlexLmServerAddress server, FlexLmQueryOptions how) =>
            (server, await query(server, new FlexLmClient(how), cancellationToken).ConfigureAwait(false));
    }

    // Not named T: the test of folders can't tell an array of T from that of another file.
    private static async Task<IReadOnlyList<TResult>> RunAsync<TResult>(
        SemaphoreSlim places,
        Func<FlexLmServerAddress, FlexLmQueryOptions, Task<TResult>> query,
        FlexLmServerAddress server,
        FlexLmQueryOptions options,
        CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        var place = new ThrottleSlot(places, options);
        try
        {
            Task<TResult> running = query(server, place.Options);
            await place.WatchAsync(running).ConfigureAwait(false);
            return [await running.ConfigureAwait(false)];
        }
        catch (SeparateServersException separate)
        {
            options.Log.Warning(separate.Message);
            FlexLmQueryOptions rest = place.Options with { Timeout = separate.Remaining };
            return await Task.WhenAll(separate.Servers.Select(part => query(part, rest))).ConfigureAwait(false);
        }
        finally
        {
            place.Leave();
        }
    }
}
