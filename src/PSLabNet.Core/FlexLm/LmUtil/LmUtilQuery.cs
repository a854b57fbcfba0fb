using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.LmStat;
using PSLabNet.FlexLm.Query;

namespace PSLabNet.FlexLm.LmUtil;

/// <summary>Queries a server through lmutil: for servers that answer only the vendor's own programs. Results are as those of the wire.</summary>
internal static class LmUtilQuery
{
    /// <summary>Value of <see cref="FlexLmError.Action"/> if the program could not be started. It says nothing about the server.</summary>
    public const string StartAction = "start lmstat";

    private const string RunAction = "run lmstat";

    /// <summary>What lmstat says of a server and its features.</summary>
    /// <param name="program">Path of lmutil or lmstat.</param>
    /// <param name="server">The server.</param>
    /// <param name="filter">What is wanted; lmstat lists everything, and the rest is left out.</param>
    /// <param name="options">How long it may take.</param>
    /// <param name="deliver">Is given each feature.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    public static async Task<FlexLmFeatureResult> RunAsync(
        string program, FlexLmServerAddress server, FlexLmFeatureFilter filter, FlexLmQueryOptions options, Action<FlexLmFeature> deliver, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<string> arguments = LmUtilProgram.LmStatArguments(program, string.Join(",", server.Nodes));
            options.Log.Verbose($"Running {program} {string.Join(" ", arguments)}");
            LmUtilOutput output = await LmUtilProgram.RunAsync(program, arguments, options.Timeout, cancellationToken).ConfigureAwait(false);
            using Stream text = output.OpenOutput();
            FlexLmSnapshot? snapshot = FlexLmStatReader.Read(text, new FlexLmStatOptions { Server = server.Text, Source = program }).FirstOrDefault();
            return snapshot is null || snapshot.Servers.Count + snapshot.Features.Count == 0
                ? Failed(server, RunAction, FormattableString.Invariant($"{program} ended with exit code {output.ExitCode} and its output is not the output of lmstat. {output.ErrorText}").TrimEnd())
                : Take(server, snapshot, filter, options, deliver);
        }
        catch (LmUtilStartException e)
        {
            return Failed(server, StartAction, e.Message);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or TimeoutException or ArgumentException)
        {
            return Failed(server, RunAction, e.Message);
        }
    }

    private static FlexLmFeatureResult Take(
        FlexLmServerAddress server, FlexLmSnapshot snapshot, FlexLmFeatureFilter filter, FlexLmQueryOptions options, Action<FlexLmFeature> deliver)
    {
        foreach (string warning in snapshot.Warnings)
        {
            options.Log.Warning($"{server.Text}: {warning}");
        }

        List<FlexLmFeature> wanted =
            [.. snapshot.Features.Where(feature => (filter.Feature?.Invoke(feature.Name) ?? true) && (filter.Vendor?.Invoke(feature.Vendor) ?? true))];
        wanted.ForEach(deliver);
        FlexLmServerStatus status = snapshot.Servers.Count > 0 ? snapshot.Servers[0] : new FlexLmServerStatus { CheckedAt = DateTimeOffset.Now };
        return new FlexLmFeatureResult
        {
            Server = new FlexLmServerStatus(status)
            {
                Server = server.Text,
                Vendors =
                [
                    .. (status.Vendors.Count > 0 ? status.Vendors : snapshot.Vendors).Where(vendor => filter.Vendor?.Invoke(vendor.Name) ?? true)
                        .OrderBy(vendor => vendor.Name, StringComparer.OrdinalIgnoreCase).ThenBy(vendor => vendor.Name, StringComparer.Ordinal),
                ],
            },
            FeatureCount = wanted.Count,
            Warnings = snapshot.Warnings,
        };
    }

    private static FlexLmFeatureResult Failed(FlexLmServerAddress server, string action, string message)
    {
        var error = new FlexLmError { Message = message, Action = action };
        return new FlexLmFeatureResult
        {
            Server = new FlexLmServerStatus
            {
                Server = server.Text,
                HostName = server.Nodes[0].Host,
                Port = server.Nodes[0].Port ?? 0,
                Status = FlexLmState.Down,
                CheckedAt = DateTimeOffset.Now,
                Error = error,
            },
            Errors = [error],
        };
    }
}
