using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmUtil;
using PSLabNet.FlexLm.Query;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.FlexLm;

/// <summary>
/// What the cmdlets share that ask for features: they are written in the order of servers, vendors and names, or as soon as
/// they are known. The errors of each server follow its features.
/// </summary>
public abstract class FlexLmQueryCmdlet : FlexLmCmdlet
{
    private protected FlexLmQueryCmdlet()
    {
    }

    /// <summary>Path of lmutil or lmstat, which is run instead of asking the server; null to ask the server.</summary>
    private protected virtual string? LmUtil => null;

    /// <summary>Writes what is wanted of a feature.</summary>
    private protected abstract void Write(FlexLmFeature feature);

    /// <summary>Is shown each server once it is done.</summary>
    private protected virtual void Take(FlexLmServerStatus server)
    {
    }

    /// <summary>Asks the servers of the request. What was asked for by its full name and is nowhere is an error.</summary>
    private protected void AskFeatures()
    {
        IReadOnlyList<FlexLmTarget> targets = ResolveTargets();
        var missing = new HashSet<string>(
            targets.SelectMany(target => target.Requests).SelectMany(request => request.PlainFeatures), StringComparer.OrdinalIgnoreCase);
        string? program = LmUtil;
        Dictionary<FlexLmServerAddress, FlexLmTarget> byServer = targets.ToDictionary(target => target.Server);
        AskEach<(FlexLmFeatureResult Result, FlexLmTarget Target, List<FlexLmFeature> Features)>(
            [.. targets.Select(target => target.Server)],
            AskAsync,
            server => Finish(server.Result, server.Target, server.Features));
        foreach (string name in missing.OrderBy(name => name, StringComparer.OrdinalIgnoreCase))
        {
            WriteFailure(new FlexLmFeatureNotFoundException(name), name);
        }

        async Task<(FlexLmFeatureResult, FlexLmTarget, List<FlexLmFeature>)> AskAsync(FlexLmServerAddress server, FlexLmClient client, CancellationToken stop)
        {
            FlexLmTarget target = byServer[server.Asked];
            var features = new List<FlexLmFeature>();
            Action<FlexLmFeature> deliver = IsStreamed ? feature => Post(() => Deliver(target, feature)) : features.Add;
            FlexLmFeatureResult result = program is null
                ? await client.GetFeaturesAsync(server, target.Filter, deliver, stop).ConfigureAwait(false)
                : await LmUtilQuery.RunAsync(program, server, target.Filter, client.Options, deliver, stop).ConfigureAwait(false);
            return (result, target, features);
        }

        void Deliver(FlexLmTarget target, FlexLmFeature feature)
        {
            if (target.Wants(feature))
            {
                missing.Remove(feature.Name);
                SeenLicenses.Add(feature);
                Write(feature);
            }
        }

        void Finish(FlexLmFeatureResult result, FlexLmTarget target, IEnumerable<FlexLmFeature> features)
        {
            foreach (FlexLmFeature feature in features
                .OrderBy(feature => feature.Vendor, StringComparer.OrdinalIgnoreCase).ThenBy(feature => feature.Vendor, StringComparer.Ordinal)
                .ThenBy(feature => feature.Name, StringComparer.OrdinalIgnoreCase).ThenBy(feature => feature.Name, StringComparer.Ordinal))
            {
                Deliver(target, feature);
            }

            SeenLicenses.Add(result.Server);
            Take(result.Server);
            WriteErrors(result.Server, result.Errors);
        }
    }
}
