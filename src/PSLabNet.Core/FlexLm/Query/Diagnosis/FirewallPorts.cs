using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Logging;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>The ports of one server that a firewall must let through.</summary>
/// <param name="Server">The server, as the caller named it.</param>
/// <param name="Ports">The ports.</param>
/// <param name="Errors">Why ports may be missing.</param>
internal sealed record FirewallPorts(string Server, IReadOnlyList<FlexLmFirewallPort> Ports, IReadOnlyList<FlexLmError> Errors)
{
    /// <summary>Asks lmgrd; no vendor daemon is asked.</summary>
    /// <exception cref="SeparateServersException">The nodes of a triad are servers of their own.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<FirewallPorts> FindAsync(FlexLmServerAddress address, FlexLmQueryOptions query, CancellationToken cancellationToken)
    {
        using var session = new ServerSession((query with { Log = new QuietLog(query.Log) }).ForSession(), cancellationToken);
        var ports = new List<FlexLmFirewallPort>();
        var errors = new List<FlexLmError>();
        try
        {
            using ServerAccess access = await ServerAccess.OpenAsync(address, session).ConfigureAwait(false);
            var conversation = new ServerConversation(access.Manager, session, address.Text, FlexLmFeatureFilter.All);
            await conversation.BeginWholeAsync().ConfigureAwait(false);
            if (conversation.LicenseError is { } unread)
            {
                errors.Add(unread);
            }

            string[] hosts = address.IsTriad ? [.. address.Nodes.Select(node => node.Host)] : [conversation.Manager.Host];
            AddManagers(address, conversation, hosts, ports);
            foreach (string vendor in conversation.Vendors())
            {
                await AddVendorAsync(address, conversation, vendor, hosts, ports, errors).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            errors.Add(session.Explain(exception, FlexLmErrorCode.CannotRead, $"ask {address.Text} for its ports"));
        }

        return new FirewallPorts(address.Text, ports, errors);
    }

    private static void AddManagers(FlexLmServerAddress address, ServerConversation conversation, string[] hosts, List<FlexLmFirewallPort> ports)
    {
        int? fromFile = conversation.Lines.FirstOrDefault(line => line.Kind == FlexLmLineKind.Server)?.Port;
        int asked = conversation.Manager.Remote.Port;
        string daemon = conversation.Manager.Hello.Daemon;
        foreach (string host in hosts)
        {
            ports.Add(new FlexLmFirewallPort
            {
                Server = address.Text,
                HostName = PrintableText.Escape(host),
                Port = address.Nodes.FirstOrDefault(node => node.Host == host)?.Port ?? asked,
                Listener = daemon.Length > 0 ? PrintableText.Escape(daemon) : "lmgrd",
                IsFixed = fromFile == asked,
                Origin = fromFile == asked ? "SERVER line of the license file"
                    : fromFile is { } other ? FormattableString.Invariant($"the SERVER line has {other}, but lmgrd was reached at this one")
                    : "chosen when lmgrd started; add the port to the SERVER line to fix it",
            });
        }
    }

    private static async Task AddVendorAsync(
        FlexLmServerAddress address, ServerConversation conversation, string vendor, string[] hosts, List<FlexLmFirewallPort> ports, List<FlexLmError> errors)
    {
        int? fromFile = conversation.Lines.FirstOrDefault(line => line.Kind == FlexLmLineKind.Vendor && string.Equals(line.Vendor, vendor, StringComparison.OrdinalIgnoreCase))?.Port;
        VendorPlace? place = null;
        try
        {
            place = await conversation.FindPlaceAsync(vendor).ConfigureAwait(false);
        }
        catch (FlexLmErrorException failure)
        {
            if (fromFile is null && conversation.MustRun(vendor))
            {
                errors.Add(failure.Error);
            }
        }

        // A daemon that is down, and those of the other nodes of a triad, have the port of the license file when they run.
        string master = place is { Named.HostName.Length: > 0 } ? place.Named.HostName : conversation.Manager.Host;
        IEnumerable<string> all = fromFile is not null && address.IsTriad ? hosts : [master];
        int? present = place is null ? fromFile : (int)place.Named.Port;
        foreach (string host in present is null ? [] : all)
        {
            bool isFixed = fromFile == present;
            ports.Add(new FlexLmFirewallPort
            {
                Server = address.Text,
                HostName = PrintableText.Escape(host),
                Port = present ?? 0,
                Listener = PrintableText.Escape(vendor),
                IsFixed = isFixed,
                Origin = isFixed ? "VENDOR line of the license file"
                    : fromFile is { } other ? FormattableString.Invariant($"the VENDOR line has {other}; the daemon was started before that, or could not have it")
                    : "chosen by the system at each start; add PORT= to the VENDOR line to fix it",
            });
        }
    }
}
