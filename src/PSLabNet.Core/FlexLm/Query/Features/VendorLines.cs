using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Features;

/// <summary>The license lines of one vendor: those of the license file, and those that its daemon has beside it.</summary>
internal sealed class VendorLines(string vendor, string server, IEnumerable<FlexLmLicenseLine> ofFile, ServerSession session)
{
    private readonly string shownVendor = PrintableText.Escape(vendor);
    private readonly List<FlexLmLicenseLine> lines = [.. ofFile];
    private int leftOutCount;

    public IReadOnlyList<FlexLmLicenseLine> All => lines;

    /// <summary>Adds the lines of the daemon's license sets. New generation only.</summary>
    /// <returns>The client, or a new one if the daemon did not answer.</returns>
    public async Task<VendorClient> AddLicenseSetsAsync(VendorClient client)
    {
        if (client.Generation == FlexLmGeneration.Old)
        {
            return client;
        }

        try
        {
            IReadOnlyList<LicenseSet>? sets = await client.GetLicenseSetsAsync().ConfigureAwait(false);
            if (sets is not null)
            {
                var known = new HashSet<string>(lines.Select(Identity), StringComparer.Ordinal);
                foreach (LicenseSet set in sets)
                {
                    Add(set, known);
                }

                WarnOfLeftOut();
                if (!client.IsOutOfStep)
                {
                    return client;
                }
            }
            else
            {
                session.Options.Log.Verbose($"{shownVendor} does not answer the request for license sets.");
            }
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception) && !session.Token.IsCancellationRequested)
        {
            FlexLmError error = session.Explain(exception, FlexLmErrorCode.CannotRead, "ask for license sets");
            session.Warn($"{shownVendor}: license sets beside the license file are not known. {error}");
        }

        client.Dispose();
        session.Token.ThrowIfCancellationRequested();
        return await VendorClient.ConnectAsync(client.Place, session).ConfigureAwait(false);
    }

    // Neither has a line break.
    private static string Identity(FlexLmLicenseLine line) => $"{line.Feature.ToUpperInvariant()}\n{line.Signature}";

    private void WarnOfLeftOut()
    {
        if (leftOutCount > 0)
        {
            session.Warn(TextLimits.TooMany($"{shownVendor}: the license sets have too many lines", leftOutCount));
        }
    }

    // Lines of a set that are also in the license file describe the same licenses.
    private void Add(LicenseSet set, HashSet<string> known)
    {
        using var reader = new StringReader(set.LicenseText);
        string source = $"{server} {shownVendor} {PrintableText.EscapeStart(set.FulfillmentId)}".TrimEnd();
        var faults = new FaultList();
        LimitedLines read = LimitedLines.Read(reader, source, faults.Add, session.Text.SetLines, session.EndToken);
        leftOutCount += read.LeftOutCount;
        foreach (FlexLmLicenseLine line in read.Lines)
        {
            bool isOwn = string.Equals(line.Vendor, vendor, StringComparison.OrdinalIgnoreCase);
            if (isOwn && (line.Signature.Length == 0 || known.Add(Identity(line))))
            {
                lines.Add(line);
            }
        }

        foreach (FlexLmLicenseFault fault in faults.All)
        {
            session.Warn(fault.ToString());
        }
    }
}
