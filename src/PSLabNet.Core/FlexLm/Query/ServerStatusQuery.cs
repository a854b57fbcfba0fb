using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query;

/// <summary>Asks one server, or the nodes of a triad, how they and the vendor daemons are.</summary>
internal sealed class ServerStatusQuery
{
    private readonly FlexLmServerAddress address;
    private readonly FlexLmFeatureFilter filter;
    private readonly ServerSession session;

    public ServerStatusQuery(FlexLmServerAddress address, FlexLmFeatureFilter filter, ServerSession session)
    {
        this.address = address;
        this.filter = filter;
        this.session = session;
    }

    /// <exception cref="SeparateServersException">The nodes of a triad are servers of their own.</exception>
    public async Task<FlexLmServerStatus> RunAsync()
    {
        FlexLmServerStatus status = ServerAccess.Start(address, address.Nodes[0], session);
        try
        {
            using ServerAccess access = await ServerAccess.OpenAsync(address, session).ConfigureAwait(false);
            status = access.Describe(status);
            status = await AskManagerAsync(status, access.Manager).ConfigureAwait(false);
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            status = new FlexLmServerStatus(status) { Error = session.Explain(exception, FlexLmErrorCode.CannotRead, $"ask {address.Text}") };
        }

        return Finish(status, session);
    }

    /// <summary>Adds what follows from the vendor daemons and nodes.</summary>
    public static FlexLmServerStatus Finish(FlexLmServerStatus status, ServerSession session)
    {
        bool isPartly = status.Vendors.Any(vendor => vendor.Status != FlexLmState.Up)
            || status.Nodes.Any(node => node.Status != FlexLmState.Up)
            || status.Error is not null;
        return new FlexLmServerStatus(status)
        {
            Status = status.Status == FlexLmState.Up && isPartly ? FlexLmState.Degraded : status.Status,
            Vendors = [.. status.Vendors.OrderBy(vendor => vendor.Name, StringComparer.OrdinalIgnoreCase).ThenBy(vendor => vendor.Name, StringComparer.Ordinal)],
            Warnings = session.Warnings,
        };
    }

    private async Task<FlexLmServerStatus> AskManagerAsync(FlexLmServerStatus status, ManagerClient manager)
    {
        var vendors = new List<Task<FlexLmVendorStatus?>>();
        FlexLmError? error = null;
        Exception? failure = null;
        try
        {
            await manager.FetchAsync([ManagerCommand.Paths, ManagerCommand.Daemons, ManagerCommand.LicenseFile]).ConfigureAwait(false);
            string path = await PathAsync(manager).ConfigureAwait(false);
            status = new FlexLmServerStatus(status) { LicenseFile = PrintableText.Escape(path) };
            var conversation = new ServerConversation(manager, session, address.Text, filter with { Feature = null });
            await conversation.BeginAsync().ConfigureAwait(false);
            status.Identity?.NoteLicense(manager.License?.First ?? string.Empty);
            error = conversation.LicenseError;
            var asked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            while (conversation.Vendors().Where(asked.Add).ToArray() is { Length: > 0 } next)
            {
                await conversation.FindVendorsAsync(next, look => vendors.Add(AskVendorAsync(conversation, look))).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            failure = exception;
        }

        status = new FlexLmServerStatus(status) { Vendors = [.. (await Task.WhenAll(vendors).ConfigureAwait(false)).OfType<FlexLmVendorStatus>()] };
        return new FlexLmServerStatus(status) { Error = failure is null ? error : session.Explain(failure, FlexLmErrorCode.CannotRead, $"ask {address.Text}") };
    }

    private async Task<string> PathAsync(ManagerClient manager)
    {
        try
        {
            return await manager.GetPathAsync().ConfigureAwait(false);
        }
        catch (FlexLmErrorException failure)
        {
            session.Warn($"lmgrd does not give the path of its license file. {failure.Error}");
            return string.Empty;
        }
    }

    // Returns null if the daemon is one that is only tried.
    private async Task<FlexLmVendorStatus?> AskVendorAsync(ServerConversation conversation, VendorLookUp look)
    {
        string name = PrintableText.Escape(look.Vendor);
        bool mustRun = conversation.MustRun(look.Vendor);
        VendorPlace place;
        try
        {
            place = await look.FindPlaceAsync(session).ConfigureAwait(false);
        }
        catch (FlexLmErrorException failure) when (!mustRun)
        {
            session.Options.Log.Verbose($"{name} stands in the license file but is not served here: {failure.Error}");
            return null;
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            return new FlexLmVendorStatus { Name = name, Error = session.Explain(exception, FlexLmErrorCode.CannotRead, $"ask for the vendor daemon {name}") };
        }

        return await AskVendorAsync(place).ConfigureAwait(false);
    }

    private async Task<FlexLmVendorStatus> AskVendorAsync(VendorPlace place)
    {
        string name = PrintableText.Escape(place.Vendor);
        try
        {
            using IDisposable turn = await session.TakeVendorTurnAsync().ConfigureAwait(false);
            using VendorClient client = await VendorClient.ConnectAsync(place, session).ConfigureAwait(false);
            return client.Describe();
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            return new FlexLmVendorStatus(place.Describe()) { Error = session.Explain(exception, FlexLmErrorCode.VendorDown, $"connect to the vendor daemon {name}") };
        }
    }
}
