using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.OptionsFiles;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Query.Diagnosis;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Test-FlexLmServer: finds out, step by step, why a license server or a license does not work.</summary>
[Cmdlet(VerbsDiagnostic.Test, "FlexLmServer", DefaultParameterSetName = StepSet)]
[OutputType(typeof(FlexLmDiagnosticStep), ParameterSetName = [StepSet])]
[OutputType(typeof(FlexLmFirewallPort), ParameterSetName = [PortSet])]
public sealed class TestFlexLmServerCommand : FlexLmCmdlet
{
    private const string StepSet = "Step";
    private const string PortSet = "Port";

    /// <summary>License servers: port@host, @host, a triad in quotes, the path of a license file. Without it, the configured servers.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [LicenseServerText]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseServerCompleter))]
    public string[]? Server { get; set; }

    /// <summary>Features whose licenses are looked at, with wildcards.</summary>
    [Parameter(ParameterSetName = StepSet, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseFeatureCompleter))]
    public string[]? Feature { get; set; }

    /// <summary>The user who needs the features.</summary>
    [Parameter(ParameterSetName = StepSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseUserCompleter))]
    public string? User { get; set; }

    /// <summary>Options files of vendor daemons, with wildcards: whether they deny the features to the user.</summary>
    [Parameter(ParameterSetName = StepSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? OptionsPath { get; set; }

    /// <summary>Licenses that end within so many days are a warning.</summary>
    [Parameter(ParameterSetName = StepSet)]
    [ValidateRange(0, 3650)]
    public int ExpiryDays { get; set; } = 30;

    /// <summary>Returns the ports that firewalls must let through, and no steps.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PortSet)]
    [Alias("UserPort")]
    public SwitchParameter FirewallPort { get; set; }

    /// <summary>Writes each server as soon as its last step is known, and not in the order of the servers.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    private protected override bool IsStreamed => Stream;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        bool isFeatureNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Feature)) || MyInvocation.ExpectingInput;
        if ((User is not null || OptionsPath is not null) && !isFeatureNamed)
        {
            ThrowInvalidArgument(User is not null ? nameof(User) : nameof(OptionsPath), "Name the features too: -Feature.");
        }

        if (OptionsPath is not null && User is null)
        {
            ThrowInvalidArgument(nameof(OptionsPath), "Name the user too: -User.");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Request(Server, Feature, null);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        List<IReadOnlyList<FlexLmOption>> optionsFiles = ReadOptions();
        IReadOnlyList<FlexLmTarget> targets = ResolveTargets();
        if (FirewallPort)
        {
            AskEach<FirewallPorts>([.. targets.Select(target => target.Server)], (server, client, stop) => FirewallPorts.FindAsync(server, client.Options, stop), WritePorts);
            return;
        }

        Dictionary<FlexLmServerAddress, FlexLmTarget> byServer = targets.ToDictionary(target => target.Server);
        var inOrder = new StepsInOrder(byServer.Keys, WriteObject);
        var attempts = new ConcurrentDictionary<FlexLmServerAddress, List<FlexLmDiagnosticStep>>();
        AskEach<(FlexLmServerAddress Server, List<FlexLmDiagnosticStep> Steps)>(byServer.Keys, AskAsync, result => inOrder.End(result.Server, result.Steps));

        async Task<(FlexLmServerAddress, List<FlexLmDiagnosticStep>)> AskAsync(FlexLmServerAddress server, FlexLmClient client, CancellationToken stop)
        {
            // A silent server is put off and asked again. What was written of it the first time is not written again.
            List<FlexLmDiagnosticStep> before = attempts.TryGetValue(server, out List<FlexLmDiagnosticStep>? first) ? first : [];
            var steps = new List<FlexLmDiagnosticStep>();
            attempts[server] = steps;
            await ServerDiagnosis.RunAsync(server, client.Options, OptionsFor(byServer[server.Asked], optionsFiles, targets.Count), Deliver, stop).ConfigureAwait(false);
            return (server, steps);

            void Deliver(FlexLmDiagnosticStep known)
            {
                FlexLmDiagnosticStep step = before.Find(other => other.Step == known.Step && other.Subject == known.Subject) ?? known;
                steps.Add(step);

                // The parts of what looked like a triad are written one after the other, when all are known.
                if (!Stream && server.Asked == server)
                {
                    Post(() => inOrder.Add(server, step));
                }
            }
        }
    }

    private DiagnosisOptions OptionsFor(FlexLmTarget target, IReadOnlyList<IReadOnlyList<FlexLmOption>> optionsFiles, int serverCount)
    {
        FlexLmRequest[] withFeature = [.. target.Requests.Where(request => request.Features.Count > 0)];
        return new DiagnosisOptions
        {
            Feature = withFeature.Length == 0 ? null : name => withFeature.Any(request => request.WantsFeature(name)),
            PlainFeatures = [.. withFeature.SelectMany(request => request.PlainFeatures)],
            User = User ?? string.Empty,
            OptionsFiles = optionsFiles,
            ExpiryDays = ExpiryDays,
            IsOneOfSeveral = serverCount > 1,
        };
    }

    private List<IReadOnlyList<FlexLmOption>> ReadOptions()
    {
        var files = new List<IReadOnlyList<FlexLmOption>>();
        foreach (string path in OptionsPath is null ? [] : this.ResolveFiles(OptionsPath))
        {
            try
            {
                using TextReader reader = FlexLmOptionsFile.Open(path);
                files.Add([.. FlexLmOptionsFile.Read(reader, path, fault => WriteWarning(fault.ToString()))]);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                WriteFailure(e, path);
            }
        }

        return files;
    }

    private void WritePorts(FirewallPorts found)
    {
        WriteObject(found.Ports, true);
        foreach (FlexLmError error in found.Errors)
        {
            WriteFailure(new FlexLmServerException(found.Server, error), found.Server);
        }
    }
}
