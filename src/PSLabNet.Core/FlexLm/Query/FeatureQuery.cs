using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Features;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query;

/// <summary>Asks one server for its features: lmgrd for the way, its vendor daemons in parallel for the numbers.</summary>
internal sealed class FeatureQuery
{
    private readonly FlexLmServerAddress address;
    private readonly FlexLmFeatureFilter filter;
    private readonly ServerSession session;
    private readonly Action<FlexLmFeature> deliver;
    private readonly object one = new();
    private readonly List<Task<FlexLmVendorStatus>> running = [];
    private ServerIdentity? identity;
    private int count;

    public FeatureQuery(FlexLmServerAddress address, FlexLmFeatureFilter filter, ServerSession session, Action<FlexLmFeature> deliver)
    {
        this.address = address;
        this.filter = filter;
        this.session = session;
        this.deliver = deliver;
    }

    /// <exception cref="SeparateServersException">The nodes of a triad are servers of their own.</exception>
    public async Task<FlexLmFeatureResult> RunAsync()
    {
        FlexLmServerStatus status = ServerAccess.Start(address, address.Nodes[0], session);
        Exception? failure = null;
        try
        {
            using ServerAccess access = await ServerAccess.OpenAsync(address, session).ConfigureAwait(false);
            status = access.Describe(status);
            identity = status.Identity;
            access.WarnOfNodes();
            ManagerClient manager = access.Manager;
            var conversation = new ServerConversation(manager, session, address.Text, filter);
            await conversation.BeginAsync().ConfigureAwait(false);
            identity?.NoteLicense(manager.License?.First ?? string.Empty);
            await AskVendorsAsync(conversation).ConfigureAwait(false);
            conversation.End();
            status = new FlexLmServerStatus(status) { Error = conversation.LicenseError };
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            failure = exception;
        }

        // Whatever happened, nothing is delivered any more once this has ended.
        FlexLmVendorStatus[] vendors = await Task.WhenAll(running).ConfigureAwait(false);
        session.ThrowIfCallerCancelled();
        if (failure is not null)
        {
            status = new FlexLmServerStatus(status) { Error = session.Explain(failure, FlexLmErrorCode.CannotRead, $"ask {address.Text}") };
        }

        status = ServerStatusQuery.Finish(new FlexLmServerStatus(status) { Vendors = vendors }, session);
        return new FlexLmFeatureResult
        {
            Server = status,
            FeatureCount = count,
            Errors = [.. new[] { status.Error }.Concat(vendors.Select(vendor => vendor.Error)).OfType<FlexLmError>()],
            Warnings = session.Warnings,
        };
    }

    private async Task AskVendorsAsync(ServerConversation conversation)
    {
        var asked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        FlexLmError? lost = null;

        // The license file may grow while a daemon is looked up, and name more daemons.
        for (int before = -1; before < asked.Count;)
        {
            before = asked.Count;
            foreach (string vendor in conversation.Vendors().Where(asked.Add))
            {
                lost = await BeginVendorAsync(conversation, vendor, lost).ConfigureAwait(false);
            }
        }
    }

    // Returns why lmgrd can't be asked any further; null if it can.
    private async Task<FlexLmError?> BeginVendorAsync(ServerConversation conversation, string vendor, FlexLmError? lost)
    {
        FlexLmError? error = lost;
        if (error is null)
        {
            try
            {
                VendorPlace place = await conversation.FindVendorAsync(vendor).ConfigureAwait(false);
                running.Add(Features(conversation, vendor).AskAsync(place));
                return null;
            }
            catch (Exception exception) when (ExchangeFault.IsExpected(exception))
            {
                error = session.Explain(exception, FlexLmErrorCode.CannotRead, $"ask for the vendor daemon {PrintableText.Escape(vendor)}");
                lost = exception is FlexLmErrorException ? null : error;
            }
        }

        Features(conversation, vendor).DeliverWithoutAnswer(error);
        if (conversation.MustRun(vendor))
        {
            running.Add(Task.FromResult(new FlexLmVendorStatus { Name = PrintableText.Escape(vendor), Error = error }));
        }

        return lost;
    }

    private VendorFeatures Features(ServerConversation conversation, string vendor) =>
        new(vendor, address.Text, conversation.LinesOf(vendor), filter, session, Deliver);

    private void Deliver(FlexLmFeature feature)
    {
        lock (one)
        {
            count++;
            feature.Identity = identity;
            deliver(feature);
        }
    }
}
