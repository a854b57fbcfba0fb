using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.FlexLm;

/// <summary>
/// Asks license servers in their own protocol: read-only, over one connection for each daemon. A server that does not
/// answer is a result, not an exception; only the caller's own cancellation and wrong arguments throw.
/// </summary>
public static class FlexLmQuery
{
    /// <summary>How a server and its vendor daemons are.</summary>
    /// <param name="server">The server.</param>
    /// <param name="filter">Vendor daemons that are wanted; features are not looked at.</param>
    /// <param name="options">How to ask.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>The status, at the latest when <see cref="FlexLmQueryOptions.Timeout"/> is over.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive or longer than 24 days.</exception>
    public static async Task<FlexLmServerStatus> GetStatusAsync(
        FlexLmServerAddress server, FlexLmFeatureFilter filter, FlexLmQueryOptions options, CancellationToken cancellationToken)
    {
        Check(server, filter, options);
        using var session = new ServerSession(options, cancellationToken);
        return await new StatusQuery(server, filter, session).RunAsync().ConfigureAwait(false);
    }

    /// <summary>The features of a server, with those who use them.</summary>
    /// <param name="server">The server.</param>
    /// <param name="filter">What is wanted; nothing else is asked for.</param>
    /// <param name="options">How to ask.</param>
    /// <param name="deliver">Is given each feature as soon as it is known; not from two threads at a time.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>What there is to say beside the features, at the latest when the timeout is over.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive or longer than 24 days.</exception>
    public static async Task<FlexLmFeatureResult> GetFeaturesAsync(
        FlexLmServerAddress server,
        FlexLmFeatureFilter filter,
        FlexLmQueryOptions options,
        Action<FlexLmFeature> deliver,
        CancellationToken cancellationToken)
    {
        Check(server, filter, options);
        ArgumentNullException.ThrowIfNull(deliver);

        using var session = new ServerSession(options, cancellationToken);
        return await new FeatureQuery(server, filter, session, deliver).RunAsync().ConfigureAwait(false);
    }

    /// <summary>The license file of a server, as lmgrd gives it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="options">How to ask.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>Text and lines, at the latest when the timeout is over.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive or longer than 24 days.</exception>
    public static async Task<FlexLmLicenseResult> GetLicenseAsync(
        FlexLmServerAddress server, FlexLmQueryOptions options, CancellationToken cancellationToken)
    {
        Check(server, FlexLmFeatureFilter.All, options);
        using var session = new ServerSession(options, cancellationToken);
        return await LicenseQuery.RunAsync(server, session).ConfigureAwait(false);
    }

    /// <summary>
    /// Does the same for many servers, no more than <see cref="FlexLmQueryOptions.ThrottleLimit"/> at a time. A server that
    /// has not answered for half a second gives its place to the next while it is waited for: those that are dead hold
    /// up no others.
    /// </summary>
    /// <typeparam name="T">What comes of one server.</typeparam>
    /// <param name="servers">The servers.</param>
    /// <param name="options">How to ask.</param>
    /// <param name="query">The query of one server, to be made with the options that it is given.</param>
    /// <param name="deliver">Is given each result as soon as it is known; not from two threads at a time.</param>
    /// <param name="cancellationToken">Ends all of them.</param>
    /// <returns>When all servers are done.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static async Task ForEachAsync<T>(
        IEnumerable<FlexLmServerAddress> servers,
        FlexLmQueryOptions options,
        Func<FlexLmServerAddress, FlexLmQueryOptions, CancellationToken, Task<T>> query,
        Action<FlexLmServerAddress, T> deliver,
        CancellationToken cancellationToken)
    {
        if (servers is null || options is null || query is null || deliver is null)
        {
            throw new ArgumentNullException(
                servers is null ? nameof(servers) : options is null ? nameof(options) : query is null ? nameof(query) : nameof(deliver));
        }

        using var places = new SemaphoreSlim(Math.Max(options.ThrottleLimit, 1));
        var one = new object();
        await Task.WhenAll(servers.Select(async server =>
        {
            T result = await RunAsync(places, place => query(server, place.Options, cancellationToken), options, cancellationToken).ConfigureAwait(false);
            lock (one)
            {
                deliver(server, result);
            }
        }).ToArray()).ConfigureAwait(false);
    }

    private static async Task<T> RunAsync<T>(
        SemaphoreSlim places, Func<ServerPlace, Task<T>> query, FlexLmQueryOptions options, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        var place = new ServerPlace(places, options);
        try
        {
            Task<T> running = query(place);
            await place.WatchAsync(running).ConfigureAwait(false);
            return await running.ConfigureAwait(false);
        }
        finally
        {
            place.Leave();
        }
    }

    private static void Check(FlexLmServerAddress server, FlexLmFeatureFilter filter, FlexLmQueryOptions options)
    {
        if (server is null || filter is null || options is null)
        {
            throw new ArgumentNullException(server is null ? nameof(server) : filter is null ? nameof(filter) : nameof(options));
        }

        if (options.Timeout <= TimeSpan.Zero || options.Timeout.TotalMilliseconds > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Timeout, "The timeout is positive and at most 24 days.");
        }
    }
}
