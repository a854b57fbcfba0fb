using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Transport;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.IcePap;

/// <summary>Find-IcePap: finds the motor controllers in the networks of this machine.</summary>
[Cmdlet(VerbsCommon.Find, "IcePap")]
[OutputType(typeof(IcePapDevice))]
public sealed class FindIcePapCommand : IcePapCmdlet
{
    private readonly DeviceFilter filter = new();
    private readonly SearchProgress search = new();

    /// <summary>Names of devices, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [DeviceName]
    [SupportsWildcards]
    [Alias("Name", "ComputerName")]
    [ArgumentCompleter(typeof(DeviceHostnameCompleter))]
    public string[]? Hostname { get; set; }

    /// <summary>MAC addresses of devices.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MacAddressText]
    [ArgumentCompleter(typeof(DeviceAddressCompleter))]
    public MacAddress[]? MacAddress { get; set; }

    /// <summary>Ends when nothing new was received for this time.</summary>
    [Parameter]
    [ValidateSeconds]
    [Alias("TimeoutSec")]
    public double TimeoutSeconds { get; set; } = 1.0;

    /// <summary>How often the request is repeated.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int Retry { get; set; } = 1;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // A variable that is not set, or an empty list, does not mean all devices of the network.
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Hostname)) && (Hostname is null or { Length: 0 } || Hostname.Any(string.IsNullOrWhiteSpace)))
        {
            ThrowInvalidArgument(nameof(Hostname), "It names no device. To find all devices, leave the parameter out.");
        }

        if (MyInvocation.BoundParameters.ContainsKey(nameof(MacAddress)) && MacAddress is null or { Length: 0 })
        {
            ThrowInvalidArgument(nameof(MacAddress), "It names no device. To find all devices, leave the parameter out.");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // An object that is piped in means the device with its address. Its name may have changed since, or may be empty.
        bool isPiped = MyInvocation.ExpectingInput && MacAddress is { Length: > 0 };
        try
        {
            filter.Add(isPiped ? null : Hostname?.Where(name => !string.IsNullOrWhiteSpace(name)).ToArray(), MacAddress);
        }
        catch (WildcardPatternException e) when (MyInvocation.ExpectingInput)
        {
            WriteFailure(e, Hostname);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (MyInvocation.ExpectingInput && filter.IsEmpty)
        {
            return;
        }

        if (!TryUseTransport(Find))
        {
            return;
        }

        foreach (IcePapNotFoundException missing in filter.Missing)
        {
            WriteFailure(missing, missing.Sought);
        }
    }

    private void Find(IcePapTransport transport)
    {
        using IDisposable shown = ShowProgress(elapsed => search.Progress(elapsed, TimeSpan.FromSeconds(TimeoutSeconds)));
        Pump(token => FindAsync(transport, token));
        if (!search.HasFound && FirewallHint.ForSilence(transport.SendingInterfaces) is { } hint)
        {
            WriteWarning(hint);
        }
    }

    private async Task FindAsync(IcePapTransport transport, CancellationToken cancellationToken)
    {
        var timing = new IcePapTiming(TimeSpan.FromSeconds(TimeoutSeconds), Retry);
        await new IcePapSession(transport, Log).DiscoverAsync(timing, Found, () => filter.IsComplete, cancellationToken).ConfigureAwait(false);

        void Found(IcePapDevice device)
        {
            search.Found();
            SeenDevices.Add(device);
            if (filter.Take(device))
            {
                Post(() => WriteObject(device));
            }
        }
    }
}
