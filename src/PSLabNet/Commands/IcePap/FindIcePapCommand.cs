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
    // Devices with their details have a table of their own.
    private const string DetailType = "PSLabNet.IcePap.IcePapDevice#Detail";

    private readonly DeviceFilter filter = new();
    private readonly SearchProgress search = new();
    private bool isIPAddressTyped;

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

    /// <summary>IPv4 addresses of devices, with wildcards or as a subnet.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AddressPattern]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DeviceIPAddressCompleter))]
    public string[]? IPAddress { get; set; }

    /// <summary>Asks each device over TCP for its firmware, serial number, racks and drivers.</summary>
    [Parameter]
    public SwitchParameter Detail { get; set; }

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
        isIPAddressTyped = MyInvocation.BoundParameters.ContainsKey(nameof(IPAddress));

        // A variable that is not set, or an empty list, does not mean all devices of the network.
        ThrowIfEmpty(nameof(Hostname), Hostname);
        ThrowIfEmpty(nameof(IPAddress), IPAddress);
        ThrowIfEmpty(nameof(MacAddress), MacAddress?.Select(address => $"{address}").ToArray());
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // An object that is piped in means the device with its MAC address. Its name and its IP address may have changed since, or
        // may be empty. Without a MAC address, it means the one with its name.
        bool isPiped = MyInvocation.ExpectingInput;
        MacAddress[] addresses = MacAddress ?? [];
        string[] names = isPiped && addresses.Length > 0 ? [] : Filled(Hostname);
        string[] ipAddresses = isPiped && !isIPAddressTyped && (names.Length > 0 || addresses.Length > 0) ? [] : Filled(IPAddress);
        try
        {
            filter.Add(names, addresses, [.. ipAddresses.Select(AddressPattern.Read).OfType<AddressPattern>()]);
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

    private static string[] Filled(string[]? texts) => [.. (texts ?? []).Where(text => !string.IsNullOrWhiteSpace(text))];

    private void ThrowIfEmpty(string parameter, string[]? values)
    {
        if (MyInvocation.BoundParameters.ContainsKey(parameter) && (values is null or { Length: 0 } || values.Any(string.IsNullOrWhiteSpace)))
        {
            ThrowInvalidArgument(parameter, "It names no device. To find all devices, leave the parameter out.");
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
        using var details = new DeviceDetails(Detail ? InterfaceSelection.GetAll() : [], Log, cancellationToken);
        try
        {
            await new IcePapSession(transport, Log).DiscoverAsync(timing, Found, () => filter.IsComplete, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await details.CompleteAsync().ConfigureAwait(false);
        }

        void Found(IcePapDevice device)
        {
            search.Found();
            SeenDevices.Add(device);
            if (!filter.Take(device))
            {
                return;
            }

            if (Detail)
            {
                details.Ask(device, complete => Post(() => WriteDetail(complete)));
            }
            else
            {
                Post(() => WriteObject(device));
            }
        }
    }

    private void WriteDetail(IcePapDevice device)
    {
        var shown = new PSObject(device);
        shown.TypeNames.Insert(0, DetailType);
        WriteObject(shown);
    }
}
