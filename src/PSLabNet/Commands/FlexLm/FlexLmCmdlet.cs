using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Servers;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;
using PSLabNet.Text;

namespace PSLabNet.Commands.FlexLm;

/// <summary>What the cmdlets that ask license servers share: which servers, how long, how many at a time.</summary>
public abstract class FlexLmCmdlet : LabCmdlet
{
    private protected const string QuerySet = "Query";

    private readonly List<FlexLmRequest> requests = [];

    private protected FlexLmCmdlet()
    {
    }

    /// <summary>How long one server may take as a whole, all its daemons together.</summary>
    [Parameter]
    [ValidateSeconds]
    [Alias("TimeoutSec")]
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>How many servers are asked at the same time.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>True if results are written when they are there, and not in the order of the servers.</summary>
    private protected virtual bool IsStreamed => false;

    /// <summary>True if a record of the pipeline requested something.</summary>
    private protected bool HasRequests => requests.Count > 0;

    private protected FlexLmQueryOptions Options => new()
    {
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        ThrottleLimit = ThrottleLimit,
        Log = Log,
    };

    /// <summary>Notes what one record of the pipeline asks for. All is asked at the end, each server once.</summary>
    private protected void Request(string[]? servers, string[]? features, string[]? vendors) =>
        requests.Add(new FlexLmRequest(servers ?? [], features ?? [], vendors ?? []));

    /// <summary>
    /// The servers that were asked for, each with what is wanted of it. Without any the configured ones; an error, and
    /// none, where nothing is configured either. A name that is no server is an error of its own.
    /// </summary>
    private protected IReadOnlyList<FlexLmTarget> ResolveTargets()
    {
        // "Get-FlexLmFeature 27000@host": the first parameter is the feature there.
        foreach (string name in requests.SelectMany(request => request.PlainFeatures).Where(name => name.Contains("@")).Distinct())
        {
            WriteWarning($"'{PrintableText.Escape(name)}' is used as the name of a feature. To name a license server, use -Server.");
        }

        // Relative paths are of PowerShell's location, which is not the directory of the process.
        FlexLmEnvironment environment = FlexLmEnvironment.Current.At(this.CurrentDirectory());
        var targets = new Dictionary<string, FlexLmTarget>(StringComparer.OrdinalIgnoreCase);
        var ordered = new List<FlexLmTarget>();
        foreach (FlexLmRequest request in requests)
        {
            foreach (FlexLmServerAddress server in Resolve(request, environment))
            {
                if (!targets.TryGetValue(server.Key, out FlexLmTarget? target))
                {
                    targets.Add(server.Key, target = new FlexLmTarget(server));
                    ordered.Add(target);
                }

                target.Requests.Add(request);
                SeenLicenses.AddServer(server.Text);
            }
        }

        return ordered;
    }

    private IReadOnlyList<FlexLmServerAddress> Resolve(FlexLmRequest request, FlexLmEnvironment environment)
    {
        if (request.Servers.Count == 0)
        {
            FlexLmServerListResult configured = FlexLmConfiguredServers.Find(environment);
            WriteFaults(configured.Faults, null);
            if (configured.Servers.Count == 0)
            {
                WriteFailure(new NoLicenseServerException(configured.LookedIn), null);
            }

            return configured.Servers;
        }

        var servers = new List<FlexLmServerAddress>();
        foreach (string text in request.Servers)
        {
            FlexLmServerListResult list = FlexLmServerList.Parse(text, environment);
            servers.AddRange(list.Servers);
            WriteFaults(list.Faults, text);
            if (list.Servers.Count == 0 && list.Faults.Count == 0)
            {
                WriteFaults([$"'{PrintableText.Escape(text)}' does not name a license server. Use port@host, @host or the path of a license file."], text);
            }
        }

        return servers;
    }

    private void WriteFaults(IEnumerable<string> faults, object? target)
    {
        foreach (string fault in faults)
        {
            WriteFailure(new InvalidLicenseServerException(fault), target);
        }
    }

    /// <summary>
    /// Asks all servers, some at a time, and takes each result on the pipeline's thread: in the order of the servers, or when it
    /// is there. How far it is, is shown.
    /// </summary>
    private protected void AskEach<T>(
        IReadOnlyCollection<FlexLmServerAddress> servers, Func<FlexLmServerAddress, FlexLmClient, CancellationToken, Task<T>> ask, Action<T> take)
    {
        int done = 0;
        var inOrder = new ResultsInOrder<T>(servers, take);
        FlexLmQueryOptions options = Options;
        using IDisposable shown = ShowProgress(elapsed => WorkProgress.OfParts($"{done} of {servers.Count} license servers", done, servers.Count, elapsed));
        Pump(token => ServerThrottle.ForEachAsync(
            servers,
            options,
            ask,
            (server, result) => Post(() =>
            {
                done++;
                if (IsStreamed)
                {
                    take(result);
                }
                else
                {
                    inOrder.Add(server, result);
                }
            }),
            token));
    }

    /// <summary>Writes what failed with a server and its vendor daemons, an error for each.</summary>
    private protected void WriteErrors(FlexLmServerStatus server, IEnumerable<FlexLmError> errors)
    {
        var written = new HashSet<(int, string, string, SocketError?)>();
        if (server.Error is not null && IsNew(server.Error))
        {
            WriteFailure(new FlexLmServerException(server.Server, server.Error), server.Server);
        }

        foreach (FlexLmVendorStatus vendor in server.Vendors)
        {
            if (vendor.Error is not null && IsNew(vendor.Error))
            {
                WriteFailure(new FlexLmVendorException(server.Server, vendor.Name, vendor.Error), server.Server);
            }
        }

        foreach (FlexLmError error in errors.Where(IsNew))
        {
            WriteFailure(new FlexLmServerException(server.Server, error), server.Server);
        }

        bool IsNew(FlexLmError error) => written.Add((error.Code, error.Action, error.Message, error.SocketError));
    }
}
