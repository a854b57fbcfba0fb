using System;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Streams;

namespace PSLabNet.FlexLm.Query;

/// <summary>
/// Asks license servers in their own protocol: read-only, over one connection for each daemon. Each call opens
/// connections of its own and closes them at its end, so several calls can run at the same time.
/// </summary>
/// <remarks>
/// Three hosts that <see cref="Servers.FlexLmServerList"/> read from one text with commas may turn out to be servers of their own.
/// Then the result is an error, and the caller queries each of <see cref="FlexLmServerAddress.Nodes"/> by itself.
/// </remarks>
public sealed partial class FlexLmClient
{
    /// <summary>Prepares a client. Nothing is opened yet.</summary>
    /// <param name="options">How to ask; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive or longer than 24 days.</exception>
    public FlexLmClient(FlexLmQueryOptions? options = null)
    {
        Options = options ?? new FlexLmQueryOptions();
        if (Options.Timeout <= TimeSpan.Zero || Options.Timeout.TotalMilliseconds > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(options), Options.Timeout, "The timeout is positive and at most 24 days.");
        }
    }

    /// <summary>How servers are asked.</summary>
    public FlexLmQueryOptions Options { get; }

    /// <summary>Asks how a server and its vendor daemons are. A server that does not answer is a result, not an exception.</summary>
    /// <param name="server">The server.</param>
    /// <param name="filter">The vendor daemons to ask, null for all; features are not looked at.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>The status, at the latest when <see cref="FlexLmQueryOptions.Timeout"/> is over.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="server"/> is null.</exception>
    public async Task<FlexLmServerStatus> GetStatusAsync(
        FlexLmServerAddress server, FlexLmFeatureFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        try
        {
            return await AskStatusAsync(server, filter ?? FlexLmFeatureFilter.All, cancellationToken).ConfigureAwait(false);
        }
        catch (SeparateServersException separate)
        {
            return separate.ToStatus();
        }
    }

    /// <summary>Asks for the features of a server and those who use them, and gives each as soon as it is known.</summary>
    /// <param name="server">The server.</param>
    /// <param name="filter">The features and vendor daemons to ask for, null for all. Nothing else is asked for.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>
    /// The features. What failed with a single feature stands in its <see cref="FlexLmFeature.Error"/>. If the server or one
    /// of its vendor daemons failed, the sequence throws <see cref="FlexLmQueryException"/> after the features that did come:
    /// at the latest when <see cref="FlexLmQueryOptions.Timeout"/> is over.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="server"/> is null.</exception>
    public AsyncSequence<FlexLmFeature> GetFeaturesAsync(
        FlexLmServerAddress server, FlexLmFeatureFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new AsyncSequence<FlexLmFeature>(
            async (features, token) =>
            {
                try
                {
                    FlexLmFeatureResult result = await GetFeaturesAsync(server, filter ?? FlexLmFeatureFilter.All, features.Add, token).ConfigureAwait(false);
                    if (result.Errors.Count > 0)
                    {
                        throw new FlexLmQueryException(result.Server, result.Errors);
                    }
                }
                catch (SeparateServersException separate)
                {
                    throw new FlexLmQueryException(separate.ToStatus(), [separate.ToStatus().Error!]);
                }
            },
            cancellationToken);
    }

    /// <summary>Asks for the license file of a server, as lmgrd gives it. A server that does not answer is a result, not an exception.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>Text and lines, at the latest when <see cref="FlexLmQueryOptions.Timeout"/> is over.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="server"/> is null.</exception>
    public async Task<FlexLmLicenseResult> GetLicenseAsync(FlexLmServerAddress server, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        try
        {
            return await AskLicenseAsync(server, cancellationToken).ConfigureAwait(false);
        }
        catch (SeparateServersException separate)
        {
            return new FlexLmLicenseResult { Server = server.Text, Error = separate.ToStatus().Error };
        }
    }

    /// <summary>As <see cref="GetStatusAsync"/>, for callers that ask servers of their own one by one.</summary>
    /// <exception cref="SeparateServersException">The nodes of a triad are servers of their own.</exception>
    internal async Task<FlexLmServerStatus> AskStatusAsync(FlexLmServerAddress server, FlexLmFeatureFilter filter, CancellationToken cancellationToken)
    {
        using var session = new ServerSession(Options.ForSession(), cancellationToken);
        return await new ServerStatusQuery(server, filter, session).RunAsync().ConfigureAwait(false);
    }

    /// <summary>As <see cref="GetLicenseAsync"/>, for callers that ask servers of their own one by one.</summary>
    /// <exception cref="SeparateServersException">The nodes of a triad are servers of their own.</exception>
    internal async Task<FlexLmLicenseResult> AskLicenseAsync(FlexLmServerAddress server, CancellationToken cancellationToken)
    {
        using var session = new ServerSession(Options.ForSession(), cancellationToken);
        return await LicenseQuery.RunAsync(server, session).ConfigureAwait(false);
    }

    /// <summary>Asks for the features of a server, and for what there is to say beside them.</summary>
    /// <param name="server">The server.</param>
    /// <param name="filter">What to ask for.</param>
    /// <param name="deliver">Receives each feature as soon as it is known; not called by two threads at a time.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>Status, errors and warnings, at the latest when the timeout is over.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SeparateServersException">The nodes of a triad are servers of their own.</exception>
    internal async Task<FlexLmFeatureResult> GetFeaturesAsync(
        FlexLmServerAddress server, FlexLmFeatureFilter filter, Action<FlexLmFeature> deliver, CancellationToken cancellationToken)
    {
        using var session = new ServerSession(Options.ForSession(), cancellationToken);
        return await new FeatureQuery(server, filter, session, deliver).RunAsync().ConfigureAwait(false);
    }
}
