using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;

namespace PSLabNet.Soak.Client;

/// <summary>Queries the status and the features of all license servers, in turn.</summary>
internal sealed class LicensePolls(IReadOnlyCollection<FlexLmServerAddress> servers, Tally tally)
{
    private static readonly FlexLmQueryOptions Options = new() { Timeout = TimeSpan.FromSeconds(2), ThrottleLimit = 4 };

    public async Task RunAsync(CancellationToken token)
    {
        try
        {
            while (true)
            {
                await ServerThrottle.ForEachAsync(
                    servers,
                    Options,
                    (server, client, stop) => client.GetStatusAsync(server, FlexLmFeatureFilter.All, stop),
                    (_, status) => tally.Add($"license status: {status.Status}"),
                    token);
                await ServerThrottle.ForEachAsync(
                    servers,
                    Options,
                    (server, client, stop) => client.GetFeaturesAsync(server, FlexLmFeatureFilter.All, _ => { }, stop),
                    (_, result) => tally.Add("license features: " + (result.Server.Status == FlexLmState.Down ? "Down" : result.Errors.Count > 0 ? "with errors" : "complete")),
                    token);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the run.
        }
    }
}
