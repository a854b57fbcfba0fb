using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Net.Sockets;
using PSLabNet.FlexLm;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Pipeline;

/// <summary>Exceptions to error records: stable ids, categories, and what to do about it. The only place where ids are given.</summary>
internal static class ErrorRecords
{
    private const string Prefix = "PSLabNet.";

    // LM_BADHANDSHAKE: what a server is said to that wants more than a plain query.
    private const int AuthenticatedOnly = -33;

    public static ErrorRecord ToErrorRecord(Exception exception, object? target)
    {
        (string id, ErrorCategory category, string? action) = Classify(exception);
        var record = new ErrorRecord(exception, Prefix + id, category, target);
        if (action is not null)
        {
            record.ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = action };
        }

        return record;
    }

    private static ErrorCategory CategoryOf(FlexLmError error) => error.SocketError switch
    {
        SocketError.TimedOut => ErrorCategory.OperationTimeout,
        null => ErrorCategory.ProtocolError,
        _ => ErrorCategory.ConnectionError,
    };

    private static (string Id, ErrorCategory Category, string? Action) Classify(Exception exception) => exception switch
    {
        IcePapNotFoundException => ("NotFound", ErrorCategory.ObjectNotFound,
            "Find-IcePap lists the devices that answer. Check that the device is on and in this network segment, and that -Interface names the interface that leads to it."),
        IcePapInvalidSettingsException => ("InvalidSettings", ErrorCategory.InvalidArgument,
            "Correct the settings that the message names. Nothing was sent."),
        IcePapNoAcknowledgementException => ("NoAcknowledgement", ErrorCategory.OperationTimeout,
            "Find-IcePap shows the present settings of the device. Try again, with a longer -TimeoutSeconds if the network is slow."),
        IcePapRejectedException => ("Rejected", ErrorCategory.DeviceError,
            "The code in the message shows which setting the device rejected."),
        IcePapVerificationException => ("VerificationFailed", ErrorCategory.InvalidResult,
            "Find-IcePap shows the present settings of the device. Send the settings again."),
        IcePapNothingToApplyException => ("NothingToApply", ErrorCategory.InvalidArgument,
            "Give -Apply Dynamic, Flash or Reboot, or several of them. Without -Apply, the device uses Dynamic and Flash."),
        IcePapNetworkException { IsPortInUse: true } => ("PortInUse", ErrorCategory.ResourceBusy,
            "End the program that the message names, or start it so that it shares the port."),
        IcePapNetworkException => ("NoNetwork", ErrorCategory.ResourceUnavailable,
            "Connect an interface, or name another one with -Interface."),
        InterfaceNotFoundException => ("InterfaceNotFound", ErrorCategory.ObjectNotFound,
            "Name one of the interfaces that the message lists."),
        WildcardPatternException => ("InvalidPattern", ErrorCategory.InvalidArgument,
            "Close the bracket. If the bracket is part of the name, write a backtick before it."),
        FlexLmVendorException { Error.IsOtherProtocol: true } or FlexLmServerException { Error.IsOtherProtocol: true } => ("NotLicenseServer", ErrorCategory.ProtocolError,
            "Check the host and the port. FlexNet Embedded and user-based licensing servers can't be queried with these cmdlets."),
        FlexLmVendorException vendor => ("VendorDown", CategoryOf(vendor.Error),
            "Get-FlexLmStatus shows which vendor daemons are up. The debug log of the server says why one is down."),
        FlexLmServerException server => (server.Error.Code == AuthenticatedOnly ? "AuthenticatedOnly" : "ServerDown", CategoryOf(server.Error),
            "Get-FlexLmStatus shows more. Check the host, the port and the firewall, and check that lmgrd runs there."),
        NoLicenseServerException => ("NoServer", ErrorCategory.ObjectNotFound,
            "Name a server with -Server port@host, or set LM_LICENSE_FILE."),
        InvalidLicenseServerException => ("InvalidServer", ErrorCategory.InvalidArgument,
            "Write port@host, '@host' for the default ports, 'port@a,port@b,port@c' for a triad, or the path of a license file."),
        FlexLmFeatureNotFoundException => ("NotFound", ErrorCategory.ObjectNotFound,
            "Get-FlexLmFeature without a name lists all features."),
        LicenseFaultException => ("LicenseFault", ErrorCategory.ParserError,
            "Correct the line in the license file. The other lines were read."),
        KeyNotFoundException => ("NotFound", ErrorCategory.ObjectNotFound,
            "Get-FlexLmError without a number lists all errors."),
        UnauthorizedAccessException => ("FileNotReadable", ErrorCategory.PermissionDenied,
            "Check that this account has permission to read the file."),
        IOException => ("FileNotReadable", ErrorCategory.ReadError,
            "Check that the file exists and that no other program locks it."),
        IcePapPacketException => ("MalformedPacket", ErrorCategory.InvalidData,
            "Give all bytes of one datagram, from the source address to the checksum."),
        FormatException => ("NotHex", ErrorCategory.InvalidData,
            "Give two hexadecimal digits for each byte."),
        _ => ("Unexpected", ErrorCategory.NotSpecified, null),
    };
}
