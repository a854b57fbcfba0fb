using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Net.Sockets;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmUtil;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Pipeline;

/// <summary>Converts exceptions to error records with stable ids, categories and recommended actions. Ids are set only here.</summary>
internal static class ErrorRecords
{
    public static readonly ErrorKind DeviceNotFound = new("NotFound", ErrorCategory.ObjectNotFound,
        "Find-IcePap lists the devices that answer. Check that the device is on and in this network segment, and that -Interface names the interface that leads to it.");

    public static readonly ErrorKind InvalidSettings = new("InvalidSettings", ErrorCategory.InvalidArgument,
        "Correct the settings that the message names. Nothing was sent.");

    public static readonly ErrorKind InvalidPlan = new("InvalidSettings", ErrorCategory.InvalidArgument,
        "Correct the row of the plan. The other rows were read.");

    public static readonly ErrorKind NothingToApply = new("NothingToApply", ErrorCategory.InvalidArgument,
        "Give -Apply Dynamic, Flash or Reboot, or several of them. Without -Apply, the device uses Dynamic and Flash.");

    public static readonly ErrorKind NoAcknowledgement = new("NoAcknowledgement", ErrorCategory.OperationTimeout,
        "Find-IcePap shows the present settings of the device. Try again, with a longer -TimeoutSeconds if the network is slow.");

    public static readonly ErrorKind Rejected = new("Rejected", ErrorCategory.DeviceError,
        "The code in the message shows which setting the device rejected. Correct that setting.");

    public static readonly ErrorKind VerificationFailed = new("VerificationFailed", ErrorCategory.InvalidResult,
        "Find-IcePap shows the present settings of the device. Send the settings again.");

    public static readonly ErrorKind ChangedMeanwhile = new("ChangedMeanwhile", ErrorCategory.ResourceExists,
        "Look at the device with Find-IcePap, and send the settings again if they are still right.");

    public static readonly ErrorKind DuplicateDevice = new("DuplicateDevice", ErrorCategory.InvalidData,
        "Give one of the devices another MAC address. If they are on different interfaces, name one with -Interface.");

    public static readonly ErrorKind AddressConflict = new("AddressConflict", ErrorCategory.ResourceExists,
        "Correct the error of the other device, then send the settings again. If two devices have one address now, give one of them another: Set-IcePapNetwork reaches both by their MAC addresses.");

    public static readonly ErrorKind AddressInUse = new("AddressInUse", ErrorCategory.ResourceExists,
        "Give the device another address, or the other machine. Test-IcePapNetwork shows which addresses are used twice. -Force sends all the same.");

    public static readonly ErrorKind NoNetwork = new("NoNetwork", ErrorCategory.ResourceUnavailable,
        "Connect an interface, or name another one with -Interface.");

    public static readonly ErrorKind MulticastPortInUse = new("PortInUse", ErrorCategory.ResourceBusy,
        "End the program that the message names, or start it so that it shares the port.");

    public static readonly ErrorKind InterfaceNotFound = new("InterfaceNotFound", ErrorCategory.ObjectNotFound,
        "Name one of the interfaces that the message lists.");

    public static readonly ErrorKind InvalidPattern = new("InvalidPattern", ErrorCategory.InvalidArgument,
        "Close the bracket. If the bracket is part of the name, write a backtick before it.");

    public static readonly ErrorKind MalformedPacket = new("MalformedPacket", ErrorCategory.InvalidData,
        "Give all bytes of one datagram, from the source address to the checksum.");

    public static readonly ErrorKind NotHex = new("NotHex", ErrorCategory.InvalidData,
        "Give two hexadecimal digits for each byte.");

    public static readonly ErrorKind NoServer = new("NoServer", ErrorCategory.ObjectNotFound,
        "Name a server with -Server port@host, or set LM_LICENSE_FILE.");

    public static readonly ErrorKind InvalidServer = new("InvalidServer", ErrorCategory.InvalidArgument,
        "Write port@host, '@host' for the default ports, 'port@a,port@b,port@c' for a triad, or the path of a license file.");

    public static readonly ErrorKind ServerDown = new("ServerDown", ErrorCategory.ConnectionError,
        "Get-FlexLmStatus shows more. Check the host, the port and the firewall, and check that lmgrd runs there.");

    public static readonly ErrorKind VendorDown = new("VendorDown", ErrorCategory.ConnectionError,
        "Get-FlexLmStatus shows which vendor daemons are up. The debug log of the server says why one is down.");

    public static readonly ErrorKind AuthenticatedOnly = new("AuthenticatedOnly", ErrorCategory.ProtocolError,
        "The server answers only the vendor's own programs. Give Get-FlexLmFeature or Get-FlexLmStatus the path of lmutil with -LmUtilPath.");

    public static readonly ErrorKind NotLicenseServer = new("NotLicenseServer", ErrorCategory.ProtocolError,
        "Check the host and the port. FlexNet Embedded and user-based licensing servers can't be queried with these cmdlets.");

    public static readonly ErrorKind LmUtilNotStarted = new("LmUtilNotStarted", ErrorCategory.ResourceUnavailable,
        "Give -LmUtilPath the path of lmutil or lmstat itself, not of a batch file, and check that this account may run it.");

    public static readonly ErrorKind FeatureNotFound = new("NotFound", ErrorCategory.ObjectNotFound,
        "Get-FlexLmFeature without a name lists all features.");

    public static readonly ErrorKind ErrorNotFound = new("NotFound", ErrorCategory.ObjectNotFound,
        "Get-FlexLmError without an argument lists all errors.");

    public static readonly ErrorKind LicenseFault = new("LicenseFault", ErrorCategory.ParserError,
        "Correct the line in the license file. The other lines were read.");

    public static readonly ErrorKind OptionFault = new("OptionFault", ErrorCategory.ParserError,
        "Correct the line in the options file. The other lines were read. Test-FlexLmOption finds more.");

    public static readonly ErrorKind SampleFault = new("SampleFault", ErrorCategory.ParserError,
        "Correct or delete the line in the file of samples. The other lines were read.");

    public static readonly ErrorKind WrongInput = new("WrongInput", ErrorCategory.InvalidType,
        "Pipe the output of Get-FlexLmFeature, Get-FlexLmStatus or ConvertFrom-LmStat; to Export-FlexLmReport also that of Import-FlexLmLog; to Export-FlexLmSample that of Get-FlexLmFeature, ConvertFrom-LmStat or Import-FlexLmSample.");

    public static readonly ErrorKind WrongUsageInput = new("WrongInput", ErrorCategory.InvalidType,
        "Pipe the output of Import-FlexLmLog, Get-FlexLmFeature or ConvertFrom-LmStat, or rows with the columns Time, Server, Vendor, Feature, Issued and InUse.");

    public static readonly ErrorKind NoGroup = new("NoGroup", ErrorCategory.InvalidArgument,
        "Give -OptionsPath the options file of the vendor daemon, with its GROUP and HOST_GROUP lines.");

    public static readonly ErrorKind PathNotFound = new("PathNotFound", ErrorCategory.ObjectNotFound,
        "Correct the path. It may have wildcards; Get-ChildItem shows which files there are.");

    public static readonly ErrorKind FileNotReadable = new("FileNotReadable", ErrorCategory.ReadError,
        "Check that the file exists and that no other program locks it.");

    public static readonly ErrorKind FileNotPermitted = new("FileNotReadable", ErrorCategory.PermissionDenied,
        "Check that this account has permission to read the file.");

    public static readonly ErrorKind FileNotWritable = new("FileNotWritable", ErrorCategory.WriteError,
        "Check that the folder exists and that this account has permission to write to it. The previous file is unchanged.");

    public static readonly ErrorKind NothingToWrite = new("NothingToWrite", ErrorCategory.ObjectNotFound,
        "Check that the command before the pipe gives objects, or name a server with -Server.");

    public static readonly ErrorKind InvalidSimulator = new("InvalidSimulator", ErrorCategory.InvalidArgument,
        "Correct what the message names. Nothing was started.");

    public static readonly ErrorKind ServerPortInUse = new("PortInUse", ErrorCategory.ResourceBusy,
        "Choose another -Port, or omit it so that the system chooses one.");

    public static readonly ErrorKind Unexpected = new("Unexpected", ErrorCategory.NotSpecified,
        "Please report it, with the output of Get-Error.");

    private const string Prefix = "PSLabNet.";

    /// <summary>The record of an exception whose type shows the kind of error.</summary>
    public static ErrorRecord ToErrorRecord(Exception exception, object? target) => ToErrorRecord(exception, target, KindOf(exception));

    /// <summary>The record of an exception whose type does not show the kind of error.</summary>
    public static ErrorRecord ToErrorRecord(Exception exception, object? target, ErrorKind kind) =>
        new(exception, Prefix + kind.Id, kind.Category, target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = kind.RecommendedAction },
        };

    private static ErrorKind KindOf(Exception exception) => exception switch
    {
        IcePapNotFoundException => DeviceNotFound,
        IcePapInvalidSettingsException => InvalidSettings,
        IcePapNoAcknowledgementException => NoAcknowledgement,
        IcePapRejectedException => Rejected,
        IcePapVerificationException => VerificationFailed,
        IcePapChangedMeanwhileException => ChangedMeanwhile,
        IcePapDuplicateDeviceException => DuplicateDevice,
        IcePapAddressConflictException => AddressConflict,
        IcePapAddressInUseException => AddressInUse,
        IcePapNothingToApplyException => NothingToApply,
        IcePapNetworkException { IsPortInUse: true } => MulticastPortInUse,
        IcePapNetworkException => NoNetwork,
        InterfaceNotFoundException => InterfaceNotFound,
        WildcardPatternException => InvalidPattern,
        FlexLmVendorException { Error.IsOtherProtocol: true } or FlexLmServerException { Error.IsOtherProtocol: true } => NotLicenseServer,
        FlexLmVendorException vendor => VendorDown with { Category = CategoryOf(vendor.Error) },
        FlexLmServerException { Error.Code: FlexLmErrorCode.BadHandshake } => AuthenticatedOnly,
        FlexLmServerException { Error.Action: LmUtilQuery.StartAction } => LmUtilNotStarted,
        FlexLmServerException server => ServerDown with { Category = CategoryOf(server.Error) },
        NoLicenseServerException => NoServer,
        InvalidLicenseServerException => InvalidServer,
        FlexLmFeatureNotFoundException => FeatureNotFound,
        LicenseFaultException => LicenseFault,
        OptionFaultException => OptionFault,
        SampleFaultException => SampleFault,
        KeyNotFoundException => ErrorNotFound,
        UnauthorizedAccessException => FileNotPermitted,
        IOException => FileNotReadable,
        IcePapPacketException => MalformedPacket,
        FormatException => NotHex,
        _ => Unexpected,
    };

    private static ErrorCategory CategoryOf(FlexLmError error) => error.SocketError switch
    {
        SocketError.TimedOut => ErrorCategory.OperationTimeout,
        null => ErrorCategory.ProtocolError,
        _ => ErrorCategory.ConnectionError,
    };
}
