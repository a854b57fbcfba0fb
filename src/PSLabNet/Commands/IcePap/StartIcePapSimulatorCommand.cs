using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;
using PSLabNet.Simulation.IcePap;

namespace PSLabNet.Commands.IcePap;

/// <summary>Start-IcePapSimulator: starts devices in this process that act like hardware.</summary>
[Cmdlet(VerbsLifecycle.Start, "IcePapSimulator")]
[OutputType(typeof(SimulatedIcePap))]
public sealed class StartIcePapSimulatorCommand : LabCmdlet
{
    private const int MostDevices = 60000;

    /// <summary>Number of devices. If more addresses or names are set, there is one device for each.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, MostDevices)]
    public int Count { get; set; } = 1;

    /// <summary>MAC addresses of the first devices; the others are generated.</summary>
    [Parameter]
    [MacAddressText]
    [ValidateNotNull]
    public MacAddress[] MacAddress { get; set; } = [];

    /// <summary>Hostnames of the first devices; the others are generated.</summary>
    [Parameter]
    [ValidateLength(1, IcePapProtocol.MaxHostnameLength)]
    public string[] Hostname { get; set; } = [];

    /// <summary>IPv4 addresses of the first devices, each in a /24; the others are generated in 172.24.0.0/16.</summary>
    [Parameter]
    [IPv4Address]
    [ValidateNotNull]
    public IPAddress[] IPAddress { get; set; } = [];

    /// <summary>The interface of the devices; loopback by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string? Interface { get; set; }

    /// <summary>Updates are applied but not acknowledged.</summary>
    [Parameter]
    public SwitchParameter NoAcknowledge { get; set; }

    /// <summary>The code in acknowledgements of updates; with any code but OK, updates are not applied.</summary>
    [Parameter]
    public IcePapAcknowledgementCode AcknowledgeCode { get; set; }

    /// <summary>How long a device is silent when it reboots, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.0, 3600.0)]
    public double RebootSeconds { get; set; } = 45;

    /// <summary>Percentage of packets that are lost, in each direction.</summary>
    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double LossPercent { get; set; }

    /// <summary>Time that a device takes to answer, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0.0, 60000.0)]
    public double LatencyMs { get; set; }

    /// <summary>The firmware that the devices simulate; a year is enough.</summary>
    [Parameter]
    public SimulatedFirmware Firmware { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        int count = new[] { Count, MacAddress.Length, Hostname.Length, IPAddress.Length }.Max();
        try
        {
            // A name with wildcards may match several interfaces; the devices are on one.
            IReadOnlyList<LocalInterface> interfaces = Interface is null ? [] : InterfaceSelection.Select([Interface]);
            var simulator = IcePapSimulator.Start(
                SimulatedIcePapFactory.Create(count, MacAddress, Hostname, IPAddress),
                new IcePapSimulatorOptions
                {
                    Interface = interfaces.Count > 0 ? interfaces[0] : null,
                    Acknowledgement = NoAcknowledge ? null : AcknowledgeCode,
                    RebootTime = TimeSpan.FromSeconds(RebootSeconds),
                    Loss = LossPercent / 100,
                    Latency = TimeSpan.FromMilliseconds(LatencyMs),
                    Firmware = Firmware,
                });
            RunningSimulators<IcePapSimulator>.Add(simulator);
            WriteObject(simulator.Devices, true);
        }
        catch (Exception e) when (e is IcePapNetworkException or InterfaceNotFoundException)
        {
            WriteFailure(e, Interface);
        }
        catch (ArgumentException e)
        {
            ThrowFailure(e, MacAddress, ErrorRecords.InvalidSimulator);
        }
    }
}
