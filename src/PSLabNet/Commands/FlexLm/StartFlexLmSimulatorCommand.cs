using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net.Sockets;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;
using PSLabNet.Simulation.FlexLm;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Start-FlexLmSimulator: starts lmgrd and vendor daemons in this process, on loopback. They answer queries like real ones.</summary>
[Cmdlet(VerbsLifecycle.Start, "FlexLmSimulator", DefaultParameterSetName = CountSet)]
[OutputType(typeof(FlexLmSimulator))]
public sealed class StartFlexLmSimulatorCommand : LabCmdlet
{
    private const string CountSet = "Count";
    private const string FileSet = "LicenseFile";
    private const string TextSet = "LicenseText";
    private const int Triad = 3;

    /// <summary>The license file to serve.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    public string? LicenseFile { get; set; }

    /// <summary>The text of the license file to serve.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TextSet)]
    [ValidateNotNullOrEmpty]
    public string? LicenseText { get; set; }

    /// <summary>Names of vendor daemons.</summary>
    [Parameter(ParameterSetName = CountSet)]
    [ValidateNotNullOrEmpty]
    public string[] Vendor { get; set; } = ["demo"];

    /// <summary>Number of features of each vendor.</summary>
    [Parameter(ParameterSetName = CountSet)]
    [ValidateRange(0, 10000)]
    public int FeatureCount { get; set; } = 5;

    /// <summary>Number of licenses of each feature.</summary>
    [Parameter(ParameterSetName = CountSet)]
    [ValidateRange(1, 1000000)]
    public int Issued { get; set; } = 20;

    /// <summary>Number of checkouts of each feature, of one license each.</summary>
    [Parameter]
    [ValidateRange(0, 100000)]
    public int CheckoutCount { get; set; }

    /// <summary>Number of reservations of each feature, of one license each.</summary>
    [Parameter]
    [ValidateRange(0, 100000)]
    public int ReservationCount { get; set; }

    /// <summary>Generation of the protocol: New from version 11.10 on.</summary>
    [Parameter]
    public FlexLmGeneration Generation { get; set; } = FlexLmGeneration.New;

    /// <summary>TCP port of lmgrd; without it the system chooses one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>Time between a request and its answer, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, 60000)]
    public int LatencyMs { get; set; }

    /// <summary>The fault of the server.</summary>
    [Parameter]
    public FlexLmSimulatorFault Fault { get; set; }

    /// <summary>The daemons that have the fault, for faults that both kinds can have.</summary>
    [Parameter]
    public FlexLmSimulatorTarget FaultTarget { get; set; } = FlexLmSimulatorTarget.Manager;

    /// <summary>Number of correct answers on each connection before the fault begins.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int FaultAfter { get; set; }

    /// <summary>Vendor daemons that have the fault.</summary>
    [Parameter]
    public string[] FaultVendor { get; set; } = [];

    /// <summary>The error number that the fault Error sends.</summary>
    [Parameter]
    public int ErrorCode { get; set; } = FlexLmErrorCode.UnknownMessage;

    /// <summary>Starts the three nodes of a redundant triad, at 127.0.0.1, 127.0.0.2 and 127.0.0.3.</summary>
    [Parameter]
    public SwitchParameter Redundant { get; set; }

    /// <summary>Nodes of the triad that are down, 1 to 3.</summary>
    [Parameter]
    [ValidateRange(1, Triad)]
    public int[] DownNode { get; set; } = [];

    /// <summary>Host that lmgrd reports for itself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    /// <summary>Host that lmgrd reports for its vendor daemons.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? VendorHostName { get; set; }

    /// <summary>Maximum number of data bytes in one frame; longer messages are sent in several. 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int FragmentSize { get; set; }

    /// <summary>The field of a checkout that contains its number of licenses.</summary>
    [Parameter]
    public FlexLmSimulatorCountField CountField { get; set; }

    /// <summary>How a server of the old generation reports who uses a license.</summary>
    [Parameter]
    public FlexLmSimulatorUsageForm UsageForm { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string? text = LicenseText;
        if (ParameterSetName == FileSet)
        {
            foreach (string path in this.ResolveFiles([LicenseFile!]).Take(1))
            {
                try
                {
                    using TextReader reader = FlexLmLicenseFile.Open(path);
                    text = reader.ReadToEnd();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    WriteFailure(e, path);
                }
            }

            if (text is null)
            {
                return;
            }
        }

        try
        {
            var simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions
            {
                LicenseText = text,
                Vendors = Vendor,
                FeatureCount = FeatureCount,
                Issued = Issued,
                CheckoutCount = CheckoutCount,
                ReservationCount = ReservationCount,
                Generation = Generation,
                Port = Port,
                LatencyMs = LatencyMs,
                Fault = Fault,
                FaultTarget = FaultTarget,
                FaultAfter = FaultAfter,
                FaultVendors = FaultVendor,
                ErrorCode = ErrorCode,
                NodeCount = Redundant ? Triad : 1,
                DownNodes = [.. DownNode.Select(number => number - 1)],
                HostName = HostName,
                VendorHostName = VendorHostName,
                FragmentSize = FragmentSize,
                CountField = CountField,
                UsageForm = UsageForm,
            });
            RunningSimulators<FlexLmSimulator>.Add(simulator);
            WriteObject(simulator);
        }
        catch (SocketException e)
        {
            WriteFailure(e, Port, ErrorRecords.ServerPortInUse);
        }
        catch (ArgumentException e)
        {
            ThrowFailure(e, null, ErrorRecords.InvalidSimulator);
        }
    }
}
