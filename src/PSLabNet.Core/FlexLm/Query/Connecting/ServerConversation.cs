using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <summary>Asks lmgrd, before the vendor daemons are asked, which they are and what the license file says.</summary>
internal sealed partial class ServerConversation
{
    private readonly ServerSession session;
    private readonly string server;
    private readonly FlexLmFeatureFilter filter;
    private IReadOnlyList<string> daemons = [];
    private HashSet<string> running = [];
    private ILookup<string, FlexLmLicenseLine> byVendor = ByVendor([]);
    private ILookup<string, FlexLmLicenseLine> openByVendor = ByVendor([]);
    private IReadOnlyList<string> vendorsOfLines = [];
    private (int Parts, bool IsLastLineOpen) parsed = (-1, false);

    public ServerConversation(ManagerClient manager, ServerSession session, string server, FlexLmFeatureFilter filter)
    {
        Manager = manager;
        this.session = session;
        this.server = server;
        this.filter = filter;
    }

    public ManagerClient Manager { get; }

    public IReadOnlyList<FlexLmLicenseLine> Lines { get; private set; } = [];

    public IReadOnlyList<FlexLmLicenseFault> Faults { get; private set; } = [];

    /// <summary>Why the license file is not known; null if it is.</summary>
    public FlexLmError? LicenseError { get; private set; }

    /// <summary>Asks for the vendor daemons and the license file.</summary>
    /// <exception cref="Exception">The connection failed.</exception>
    public async Task BeginAsync()
    {
        try
        {
            daemons = await Manager.GetDaemonsAsync().ConfigureAwait(false);
            running = new HashSet<string>(daemons, StringComparer.OrdinalIgnoreCase);
        }
        catch (FlexLmErrorException failure)
        {
            session.Warn($"lmgrd does not name its vendor daemons. {failure.Error}");
        }

        await GetLicenseAsync().ConfigureAwait(false);
        if (daemons.Count == 0)
        {
            await CompleteLicenseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="BeginAsync"/>, and reads the license file to its end.</summary>
    /// <exception cref="Exception">The connection failed.</exception>
    public async Task BeginWholeAsync()
    {
        await BeginAsync().ConfigureAwait(false);
        if (daemons.Count > 0)
        {
            await CompleteLicenseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Asks for the license file alone.</summary>
    /// <exception cref="Exception">The connection failed.</exception>
    public async Task ReadLicenseAsync()
    {
        await Manager.FetchLicenseAndEndAsync().ConfigureAwait(false);
        await GetLicenseAsync().ConfigureAwait(false);
        await CompleteLicenseAsync().ConfigureAwait(false);
    }

    private async Task GetLicenseAsync()
    {
        try
        {
            await Manager.GetLicenseAsync().ConfigureAwait(false);
            Parse();
        }
        catch (FlexLmErrorException failure)
        {
            LicenseError = failure.Error;
            session.Warn($"lmgrd does not give its license file. {failure.Error}");
        }
    }

    private async Task CompleteLicenseAsync()
    {
        if (LicenseError is not null)
        {
            return;
        }

        try
        {
            await Manager.CompleteLicenseAsync().ConfigureAwait(false);
        }
        catch (SocketException exception) when (!session.Token.IsCancellationRequested)
        {
            // A server that closes after its text has said all that it will say.
            session.Options.Log.Verbose($"{Manager.Remote} closes after the license file: {exception.SocketErrorCode}.");
            Manager.License?.End();
            if (exception.SocketErrorCode == SocketError.ConnectionAborted)
            {
                // In the middle of a message, which may be more of the text.
                Manager.License?.CutOff();
            }
        }
        finally
        {
            Parse();
        }
    }

    /// <summary>Lines of one vendor.</summary>
    public IEnumerable<FlexLmLicenseLine> LinesOf(string vendor) => byVendor[vendor].Where(line => line.Kind != FlexLmLineKind.Vendor);

    /// <summary>True if lmgrd or a VENDOR line says that the daemon runs; others are only tried.</summary>
    public bool MustRun(string vendor) =>
        running.Contains(vendor)
        || byVendor[vendor].Any(line => line.Kind == FlexLmLineKind.Vendor);

    /// <summary>The vendors to ask: those that lmgrd lists, then those of the license file, which some managers hide.</summary>
    public IReadOnlyList<string> Vendors()
    {
        var all = new List<string>(daemons);
        all.AddRange(vendorsOfLines);
        string[] wanted = [.. all.Where(name => name.Length > 0 && filter.WantsVendor(name)).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (wanted.Length > QueryLimits.DaemonsPerServer)
        {
            session.Warn(FormattableString.Invariant(
                $"The server names {wanted.Length} vendor daemons; {wanted.Length - QueryLimits.DaemonsPerServer} of them are left out."));
            Array.Resize(ref wanted, QueryLimits.DaemonsPerServer);
        }

        if (filter.Feature is null)
        {
            return wanted;
        }

        // Skips a daemon whose lines name none of the features. If no daemon's lines name one, it asks all: the features
        // may be in license sets, which only the daemons know. A daemon without lines has only such sets.
        var matching = new HashSet<string>(wanted.Where(HasWantedLine));
        return matching.Count == 0 ? wanted : [.. wanted.Where(name => matching.Contains(name) || !NamingLines(name).Any())];
    }

    /// <summary>Says what is odd about the license file, once all of it is there.</summary>
    public void End()
    {
        if (Manager.License is { } text)
        {
            if (text.Warning is { } warning)
            {
                session.Warn(warning);
            }

            if (text.MayBeCut && !text.IsTooLong)
            {
                session.Warn("The license file may be longer than what lmgrd sends; features at its end may be missing.");
            }
        }

        foreach (FlexLmLicenseFault fault in Faults)
        {
            session.Warn(fault.ToString());
        }
    }

    private static ILookup<string, FlexLmLicenseLine> ByVendor(IReadOnlyList<FlexLmLicenseLine> lines) =>
        lines.ToLookup(line => line.Vendor, StringComparer.OrdinalIgnoreCase);

    // Lines that say which features a vendor has. For that, the last line of the text counts before its end is proven.
    private IEnumerable<FlexLmLicenseLine> NamingLines(string vendor) => LinesOf(vendor).Concat(openByVendor[vendor]);

    private bool HasWantedLine(string vendor) => NamingLines(vendor).Any(line =>
        filter.WantsFeature(line.Feature)
        || (line.Kind == FlexLmLineKind.Package && (line.Attributes["COMPONENTS"] ?? string.Empty)
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Any(component => filter.WantsFeature(component.Split(':')[0]))));

    // The text may have grown by frames that came before another answer.
    private void Parse()
    {
        if (Manager.License is not { } license || (license.PartCount, license.IsLastLineOpen) == parsed)
        {
            return;
        }

        parsed = (license.PartCount, license.IsLastLineOpen);
        var faults = new FaultList();
        using TextReader reader = license.WholeLines();
        LimitedLines read = LimitedLines.Read(reader, PrintableText.Escape(server), faults.Add, new CountBudget(session.Text.MostLines), session.EndToken);
        Lines = read.Lines;
        WarnOfLeftOut(license, read);
        Faults = faults.All;
        byVendor = ByVendor(Lines);
        vendorsOfLines =
        [
            .. Lines.Where(line => line.Kind == FlexLmLineKind.Vendor).Concat(Lines)
                .Select(line => line.Vendor).Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        using var open = new StringReader(license.OpenLine());
        openByVendor = ByVendor([.. FlexLmLicenseFile.Read(open, PrintableText.Escape(server), _ => { })]);
    }

    private void WarnOfLeftOut(ReceivedText license, LimitedLines read)
    {
        if (license.IsTooLong)
        {
            session.Warn(session.Text.TooLong("The license file is"));
        }

        if (read.LeftOutCount > 0)
        {
            session.Warn(TextLimits.TooMany(FormattableString.Invariant($"The license file has more than {read.Lines.Count} license lines"), read.LeftOutCount));
        }
    }
}
