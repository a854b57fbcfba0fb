using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Logging;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>
/// Finds out why a license server does not work, step by step: how it was found, its name, its ports, lmgrd, the license file, the
/// vendor daemons, the licenses. A step that can't be tried because an earlier one failed says so.
/// </summary>
internal sealed partial class ServerDiagnosis
{
    private const string NoManager = "lmgrd does not answer.";

    private readonly FlexLmServerAddress address;
    private readonly DiagnosisOptions options;
    private readonly ServerSession session;
    private readonly StepList steps;

    private ServerDiagnosis(FlexLmServerAddress address, DiagnosisOptions options, ServerSession session, Action<FlexLmDiagnosticStep> deliver)
    {
        this.address = address;
        this.options = options;
        this.session = session;
        steps = new StepList(address.Text, deliver);
    }

    /// <summary>Diagnoses a server, and delivers each step as soon as it is known; not by two threads at a time.</summary>
    /// <exception cref="SeparateServersException">The nodes of a triad are servers of their own. No step was delivered.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task RunAsync(
        FlexLmServerAddress address, FlexLmQueryOptions query, DiagnosisOptions options, Action<FlexLmDiagnosticStep> deliver, CancellationToken cancellationToken)
    {
        using var session = new ServerSession((query with { Log = new QuietLog(query.Log) }).ForSession(), cancellationToken);
        await new ServerDiagnosis(address, options, session, deliver).RunAsync().ConfigureAwait(false);
        session.ThrowIfCallerCancelled();
    }

    private async Task RunAsync()
    {
        ManagerClient? manager = address.IsTriad ? await ReachTriadAsync().ConfigureAwait(false) : await ReachSingleAsync().ConfigureAwait(false);
        if (manager is null)
        {
            SkipRest(NoManager);
            return;
        }

        using (manager)
        {
            await DiagnoseAsync(manager).ConfigureAwait(false);
        }
    }

    private void AddSource() => steps.Add(StepNames.Source, string.Empty, StepFinding.Passed(
        address.FoundIn.Length == 0 ? $"{address.Text} was named by the caller." : $"{address.Text} was found in {address.FoundIn}."));

    private async Task DiagnoseAsync(ManagerClient manager)
    {
        var conversation = new ServerConversation(manager, session, address.Text, FlexLmFeatureFilter.All);
        if (!await LicenseFileStep.RunAsync(conversation, session, steps).ConfigureAwait(false))
        {
            SkipRest("lmgrd does not give its license file.", StepNames.LicenseFile);
            return;
        }

        steps.Add(StepNames.Clock, string.Empty, ClockFindings.Describe(session.Connections.Times.Of(manager.Remote)));
        IReadOnlyList<VendorDiagnosis> vendors = await DiagnoseVendorsAsync(conversation).ConfigureAwait(false);
        IReadOnlyList<FlexLmLicenseLine> lines =
        [
            .. conversation.Lines.Where(line => line.Kind is FlexLmLineKind.Server or FlexLmLineKind.Vendor),
            .. vendors.SelectMany(vendor => vendor.Lines),
        ];
        var licenses = new LicenseFindings(lines, session.CheckedAt);
        steps.Add(StepNames.Expiry, string.Empty, licenses.Expiry(options.ExpiryDays));
        steps.Add(StepNames.Start, string.Empty, licenses.Start());
        steps.Add(StepNames.HostId, string.Empty, licenses.HostId());
        if (options.Feature is not null)
        {
            FlexLmFeature[] features = [.. vendors.SelectMany(vendor => vendor.Features)];
            var featureSteps = new FeatureSteps(options, lines, steps);
            featureSteps.Add(features);
            featureSteps.AddMissing(features, vendors.Any(vendor => !vendor.IsUp) ? "It is not known, because a vendor daemon does not answer." : string.Empty);
        }
    }

    // lmgrd is asked for one daemon after the other, on its one connection. The daemons are asked at the same time and told in order.
    private async Task<IReadOnlyList<VendorDiagnosis>> DiagnoseVendorsAsync(ServerConversation conversation)
    {
        var vendors = new List<(VendorDiagnosis Vendor, Task Running)>();
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (conversation.Vendors().FirstOrDefault(name => !known.Contains(name)) is { } name)
        {
            known.Add(name);
            var vendor = new VendorDiagnosis(address.Text, name, conversation, session, options);
            vendors.Add((vendor, await vendor.FindAsync().ConfigureAwait(false) is { } place ? vendor.RunAsync(place) : Task.CompletedTask));
        }

        if (vendors.Count == 0)
        {
            steps.Skip(string.Empty, "lmgrd names no vendor daemon, and neither does its license file.", StepNames.VendorPort, StepNames.VendorConnect, StepNames.VendorHello);
        }

        foreach ((VendorDiagnosis vendor, Task running) in vendors)
        {
            await running.ConfigureAwait(false);
            steps.Release(vendor.Steps);
        }

        return [.. vendors.Select(vendor => vendor.Vendor)];
    }

    private void SkipRest(string why, params string[] except)
    {
        string[] rest =
        [
            StepNames.LicenseFile, StepNames.Clock, StepNames.VendorPort, StepNames.VendorConnect, StepNames.VendorHello,
            StepNames.Expiry, StepNames.Start, StepNames.HostId,
        ];
        steps.Skip(string.Empty, why, [.. rest.Except(except)]);
        if (options.Feature is not null)
        {
            new FeatureSteps(options, [], steps).AddMissing([], why);
        }
    }
}
