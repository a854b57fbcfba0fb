using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Features;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
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
    private readonly List<Task<FlexLmVendorStatus?>> running = [];
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
        FeatureRehearsal.Begin();
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
            await manager.FetchAsync([ManagerCommand.Daemons, ManagerCommand.LicenseFile]).ConfigureAwait(false);
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
        FlexLmVendorStatus[] vendors = [.. (await Task.WhenAll(running).ConfigureAwait(false)).OfType<FlexLmVendorStatus>()];
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
            string[] next = [.. conversation.Vendors().Where(asked.Add)];
            int begun = 0;
            try
            {
                if (lost is null)
                {
                    await conversation.FindVendorsAsync(
                        next,
                        look =>
                        {
                            begun++;
                            running.Add(AskVendorAsync(conversation, look));
                        }).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (ExchangeFault.IsExpected(exception))
            {
                lost = ExplainLookUp(exception, next[begun]);
            }

            foreach (string vendor in next.Skip(begun))
            {
                running.Add(Task.FromResult(WithoutAnswer(Features(conversation, vendor), vendor, conversation.MustRun(vendor), lost!)));
            }
        }
    }

    // Lines and list are those that were known when lmgrd answered.
    private async Task<FlexLmVendorStatus?> AskVendorAsync(ServerConversation conversation, VendorLookUp look)
    {
        VendorFeatures features = Features(conversation, look.Vendor);
        bool mustRun = conversation.MustRun(look.Vendor);
        VendorPlace place;
        try
        {
            place = await look.FindPlaceAsync(session).ConfigureAwait(false);
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            return WithoutAnswer(features, look.Vendor, mustRun, ExplainLookUp(exception, look.Vendor));
        }

        return await features.AskAsync(place).ConfigureAwait(false);
    }

    private FlexLmError ExplainLookUp(Exception exception, string vendor) =>
        session.Explain(exception, FlexLmErrorCode.CannotRead, $"ask for the vendor daemon {PrintableText.Escape(vendor)}");

    // Returns null if the daemon is one that is only tried.
    private static FlexLmVendorStatus? WithoutAnswer(VendorFeatures features, string vendor, bool mustRun, FlexLmError error)
    {
        features.DeliverWithoutAnswer(error, reported: mustRun ? error : null);
        return mustRun ? new FlexLmVendorStatus { Name = PrintableText.Escape(vendor), Error = error } : null;
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
