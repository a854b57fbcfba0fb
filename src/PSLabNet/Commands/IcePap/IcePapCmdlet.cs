using System;
using System.Management.Automation;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Transport;
using PSLabNet.Net;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.IcePap;

/// <summary>The base of the cmdlets that communicate with the controllers: the interfaces, the multicast socket on them, and its errors.</summary>
public abstract class IcePapCmdlet : LabCmdlet
{
    private protected IcePapCmdlet()
    {
    }

    /// <summary>Interfaces to use, by name, description or address, with wildcards; without it, all that support multicast.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
#pragma warning disable CA1716 // The name of the parameter is what users type.
    public virtual string[]? Interface { get; set; }
#pragma warning restore CA1716

    /// <summary>Opens the socket for some work. If an interface cannot be used, that is one error about <c>-Interface</c>.</summary>
    /// <param name="work">The work. The socket is closed afterwards.</param>
    /// <param name="overflow">What is dropped in a flood.</param>
    /// <returns>False if the socket could not be opened, or failed on all interfaces.</returns>
    private protected bool TryUseTransport(Action<IcePapTransport> work, QueueOverflow overflow = QueueOverflow.DropNewest)
    {
        try
        {
            using IcePapTransport transport = IcePapTransport.Open(InterfaceSelection.Select(Interface), Log, overflow);
            work(transport);
            return true;
        }
        catch (Exception e) when (e is IcePapNetworkException or InterfaceNotFoundException)
        {
            WriteFailure(e, Interface);
            return false;
        }
    }
}
