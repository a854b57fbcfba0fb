using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Features;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>The steps of one vendor daemon: its port, its connection, its hello, its version, its clock, what it serves.</summary>
internal sealed class VendorDiagnosis
{
    private readonly string server;
    private readonly string vendor;
    private readonly ServerConversation conversation;
    private readonly ServerSession session;
    private readonly FlexLmFeatureFilter filter;
    private readonly StepList steps;
    private readonly List<FlexLmFeature> features = [];

    public VendorDiagnosis(string server, string vendor, ServerConversation conversation, ServerSession session, DiagnosisOptions options)
    {
        this.server = server;
        this.vendor = vendor;
        this.conversation = conversation;
        this.session = session;
        Lines = [.. conversation.LinesOf(vendor)];
        filter = new FlexLmFeatureFilter { Feature = options.Feature ?? (_ => false) };
        steps = StepList.Held(server, out List<FlexLmDiagnosticStep> held);
        Steps = held;
    }

    public IReadOnlyList<FlexLmDiagnosticStep> Steps { get; }

    /// <summary>The requested features that the daemon told of.</summary>
    public IReadOnlyList<FlexLmFeature> Features => features;

    /// <summary>The license lines, with those that only the daemon has.</summary>
    public IReadOnlyList<FlexLmLicenseLine> Lines { get; private set; }

    /// <summary>True if the daemon answered.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Asks lmgrd where the daemon is.</summary>
    /// <returns>Null if lmgrd does not say.</returns>
    public async Task<VendorPlace?> FindAsync()
    {
        Stopwatch clock = Stopwatch.StartNew();
        try
        {
            VendorPlace place = await conversation.FindPlaceAsync(vendor).ConfigureAwait(false);
            int? isFixed = conversation.Lines.FirstOrDefault(line => line.Kind == FlexLmLineKind.Vendor && string.Equals(line.Vendor, vendor, StringComparison.OrdinalIgnoreCase))?.Port;
            string host = place.Named.HostName.Length > 0 ? place.Named.HostName : conversation.Manager.Host;
            string origin = isFixed is null ? "chosen by the system when the daemon started" : isFixed == (int)place.Named.Port ? "fixed by the VENDOR line"
                : FormattableString.Invariant($"although the VENDOR line fixes {isFixed}");
            steps.Add(StepNames.VendorPort, vendor, StepFinding.Passed(FormattableString.Invariant($"lmgrd names port {place.Named.Port} on {host}, {origin}.")), clock);
            return place;
        }
        catch (FlexLmErrorException failure)
        {
            steps.Add(StepNames.VendorPort, vendor, conversation.MustRun(vendor)
                ? new StepFinding(FlexLmStepState.Failed, $"lmgrd does not say where {vendor} is. {failure.Error}",
                    "The vendor daemon does not run. The debug log of lmgrd says why it ended: a wrong path, a port in use, a host id that does not fit.")
                : new StepFinding(FlexLmStepState.Warning, $"License lines name {vendor}, but lmgrd knows no such daemon. {failure.Error}",
                    $"Add a VENDOR line for {vendor}, or remove its license lines."), clock);
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            FlexLmError error = session.Explain(exception, FlexLmErrorCode.CannotRead, $"ask for the vendor daemon {vendor}");
            steps.Add(StepNames.VendorPort, vendor, new StepFinding(FlexLmStepState.Failed, $"lmgrd does not say where {vendor} is. {error}", "Look into the debug log of lmgrd."), clock);
        }

        Skip($"Where {vendor} is is not known.", StepNames.VendorConnect, StepNames.VendorHello, StepNames.VendorVersion, StepNames.VendorClock, StepNames.VendorFeatures);
        return null;
    }

    /// <summary>Connects to the daemon and asks it.</summary>
    public async Task RunAsync(VendorPlace place)
    {
        Stopwatch clock = Stopwatch.StartNew();
        try
        {
            using IDisposable turn = await session.TakeVendorTurnAsync().ConfigureAwait(false);
            VendorClient client = await VendorClient.ConnectAsync(place, session).ConfigureAwait(false);
            await TellConnectedAsync(client, clock.Elapsed - client.RoundTrip).ConfigureAwait(false);
            await AskAsync(client).ConfigureAwait(false);
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            session.ThrowIfCallerCancelled();
            TellFailure(exception, place, clock.Elapsed);
        }
    }

    private async Task TellConnectedAsync(VendorClient client, TimeSpan connected)
    {
        string? contradiction = await ServerNameStep.FindContradictionAsync(
            client.Place.Named.HostName, conversation.Manager.Host, client.Connection.Remote, session).ConfigureAwait(false);
        steps.Add(StepNames.VendorConnect, vendor, contradiction is null
            ? ConnectFindings.Describe(new ConnectAttempt(client.Connection.Remote, connected, client.Connection, null), vendor, isElsewhereUp: false)
            : new StepFinding(FlexLmStepState.Warning,
                $"lmgrd names the host {client.Place.Named.HostName} for {vendor}, which {contradiction}. {client.Connection.Remote} answers instead. Programs that go by the name fail.",
                "Add the name to the name service or to the hosts file of each client."), connected);
        steps.Add(StepNames.VendorHello, vendor, StepFinding.Passed($"{vendor} says hello{(client.Hello.Version.Length > 0 ? $": version {client.Hello.Version}" : string.Empty)}."), client.RoundTrip);
        steps.Add(StepNames.VendorVersion, vendor, CompareVersions(client));
    }

    // License Administration Guide, "Version Compatibility": lmgrd is at least as new as the vendor daemon.
    private StepFinding CompareVersions(VendorClient client)
    {
        Wire.HelloReply manager = conversation.Manager.Hello;
        if (manager.Version.Length == 0 || client.Hello.Version.Length == 0)
        {
            return StepFinding.Skipped("Not both say their version.");
        }

        int ofManager = (manager.VersionMajor << 8) | manager.VersionMinor;
        int ofVendor = (client.Hello.VersionMajor << 8) | client.Hello.VersionMinor;
        return ofVendor > ofManager
            ? new(FlexLmStepState.Warning, $"{vendor} is version {client.Hello.Version}, newer than lmgrd {manager.Version}. lmgrd must be at least as new as its vendor daemons.",
                $"Install lmgrd {client.Hello.Version} or later; the newest one serves all older vendor daemons.")
            : StepFinding.Passed($"{vendor} is version {client.Hello.Version}; lmgrd {manager.Version} is at least as new, as it must be.");
    }

    private async Task AskAsync(VendorClient client)
    {
        Stopwatch clock = Stopwatch.StartNew();
        var asked = new VendorFeatures(vendor, server, Lines, filter, session, features.Add);
        FlexLmError? failure;
        try
        {
            failure = await asked.AskAsync(client).ConfigureAwait(false);
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            failure = session.Explain(exception, FlexLmErrorCode.CannotRead, $"ask the vendor daemon {vendor}");
        }

        IsUp = true;
        Lines = [.. asked.Lines];
        steps.Add(StepNames.VendorClock, vendor, ClockFindings.Describe(session.Connections.Times.Of(client.Connection.Remote)));
        steps.Add(StepNames.VendorFeatures, vendor, CompareFeatures(asked.Names, failure), clock);
    }

    private StepFinding CompareFeatures(IReadOnlyList<string>? names, FlexLmError? failure)
    {
        if (names is null)
        {
            return failure is null
                ? StepFinding.Skipped($"{vendor} does not name its features.")
                : new(FlexLmStepState.Failed, $"{vendor} does not answer what it serves. {failure}", "Look into its debug log; ask again with a longer -TimeoutSeconds.");
        }

        var served = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
        string[] valid = [.. new LicenseFindings(Lines, session.CheckedAt).Valid()];
        string[] missing = [.. valid.Where(name => !served.Contains(name))];
        string count = FormattableString.Invariant($"{vendor} serves {names.Count} {(names.Count == 1 ? "feature" : "features")}");
        return missing.Length == 0
            ? StepFinding.Passed(valid.Length == 0 ? $"{count}." : $"{count}, all that its license lines allow today among them.")
            : new(FlexLmStepState.Failed, $"{count}, but not {NamedList.Join(missing)}: it rejects their license lines.",
                $"The debug log of {vendor} says why: a signature that does not fit, a host id that is not the server's, or lines that were added without lmreread.");
    }

    // Before the connection is there, a socket fails; afterwards the exchange.
    private void TellFailure(Exception exception, VendorPlace place, TimeSpan elapsed)
    {
        string why = $"{vendor} can't be connected to.";
        if (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            var attempt = new ConnectAttempt(place.Fallback, elapsed, null, exception);
            steps.Add(StepNames.VendorConnect, vendor, ConnectFindings.Describe(attempt, vendor, isElsewhereUp: false), elapsed);
            Skip(why, StepNames.VendorHello);
        }
        else
        {
            FlexLmError error = session.Explain(exception, FlexLmErrorCode.VendorDown, $"hello to {vendor}");
            steps.Add(StepNames.VendorConnect, vendor, StepFinding.Passed($"{place.Fallback} accepts connections."), elapsed);
            steps.Add(StepNames.VendorHello, vendor, HelloFindings.Describe(place.Fallback, error, vendor), elapsed);
            why = $"{vendor} does not say hello.";
        }

        Skip(why, StepNames.VendorVersion, StepNames.VendorClock, StepNames.VendorFeatures);
    }

    private void Skip(string why, params string[] names) => steps.Skip(vendor, why, names);
}
