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

/// <summary>What the cmdlets share that ask for features: each is written as soon as it is known, and each server's errors after it.</summary>
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
        AskEach<FlexLmFeatureResult>(byServer.Keys, AskAsync, Finish);
        foreach (string name in missing.OrderBy(name => name, StringComparer.OrdinalIgnoreCase))
        {
            WriteFailure(new FlexLmFeatureNotFoundException(name), name);
        }

        Task<FlexLmFeatureResult> AskAsync(FlexLmServerAddress server, FlexLmClient client, CancellationToken stop)
        {
            FlexLmTarget target = byServer[server];
            Action<FlexLmFeature> deliver = feature => Post(() => Deliver(target, feature));
            return program is null
                ? client.GetFeaturesAsync(server, target.Filter, deliver, stop)
                : LmUtilQuery.RunAsync(program, server, target.Filter, client.Options, deliver, stop);
        }

        void Deliver(FlexLmTarget target, FlexLmFeature feature)
        {
            if (target.Wants(feature))
            {
                missing.Remove(feature.Name);
                SeenLicenses.Add(feature);
                SeenUsers.Add(feature);
                Write(feature);
            }
        }

        void Finish(FlexLmFeatureResult result)
        {
            SeenLicenses.Add(result.Server);
            Take(result.Server);
            WriteErrors(result.Server, result.Errors);
        }
    }
}
