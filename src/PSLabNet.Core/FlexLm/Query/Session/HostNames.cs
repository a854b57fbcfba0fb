using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Net;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>The addresses of hosts. Each name is looked up once.</summary>
/// <param name="network">Where names are looked up.</param>
internal sealed class HostNames(IFlexLmNetwork network)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<IPAddress[]>>> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The addresses of a name, or the address that the text is.</summary>
    /// <exception cref="SocketException">The name is not known.</exception>
    /// <exception cref="OperationCanceledException">The token ended it.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken token)
    {
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return [address];
        }

        Task<IPAddress[]> lookup = names.GetOrAdd(host, name => new Lazy<Task<IPAddress[]>>(() => LookUpAsync(name))).Value;
        await lookup.WaitOrAbandonAsync(token).ConfigureAwait(false);
        return await lookup.ConfigureAwait(false);
    }

    /// <summary>The name of an address; empty if it has none.</summary>
    /// <exception cref="OperationCanceledException">The token ended it.</exception>
    public async Task<string> FindNameAsync(IPAddress address, CancellationToken token)
    {
        Task<string> lookup = network.LookUpNameAsync(address);
        await lookup.WaitOrAbandonAsync(token).ConfigureAwait(false);
        try
        {
            string name = await lookup.ConfigureAwait(false);

            // Where an address has no name, some systems return the address.
            return IPAddress.TryParse(name, out _) ? string.Empty : name;
        }
        catch (SocketException)
        {
            return string.Empty;
        }
    }

    private async Task<IPAddress[]> LookUpAsync(string name)
    {
        try
        {
            IPAddress[] found = await network.LookUpAsync(name).ConfigureAwait(false);
            return found.Length > 0 ? found : throw new SocketException((int)SocketError.NoData);
        }
        catch (ArgumentException)
        {
            // Longer than a name can be, or of characters that none can have: no host has it.
            throw new SocketException((int)SocketError.HostNotFound);
        }
    }
}
