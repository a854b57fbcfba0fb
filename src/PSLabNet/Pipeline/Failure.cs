using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Net.Sockets;
using PSLabNet.FlexLm;
using PSLabNet.IcePap;

namespace PSLabNet.Pipeline;

/// <summary>Exceptions to error records: stable ids, categories, and what to do about it. The only place where ids are given.</summary>
internal static class Failure
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
            "Find-IcePap lists what answers. See that the device is on, in this network segment, and that -Interface names the interface towards it."),
        IcePapInvalidSettingsException => ("InvalidSettings", ErrorCategory.InvalidArgument,
            "Correct the settings that the message names; nothing was sent."),
        IcePapNoAcknowledgementException => ("NoAcknowledgement", ErrorCategory.OperationTimeout,
            "Find-IcePap tells what the device has now. Try again, with a longer -TimeoutSeconds if the network is slow."),
        IcePapRejectedException => ("Rejected", ErrorCategory.DeviceError,
            "The code tells which setting the device could not take."),
        IcePapVerificationException => ("VerificationFailed", ErrorCategory.InvalidResult,
            "Find-IcePap tells what the device has now; send the settings again."),
        IcePapNothingToApplyException => ("NothingToApply", ErrorCategory.InvalidArgument,
            "Name what to do with the settings: -Apply Dynamic, Flash, Reboot, or leave -Apply out for Dynamic and Flash."),
        IcePapNetworkException { IsPortInUse: true } => ("PortInUse", ErrorCategory.ResourceBusy,
            "End the program that the message names, or start it so that it shares the port."),
        IcePapNetworkException => ("NoNetwork", ErrorCategory.ResourceUnavailable,
            "Connect an interface or name another one with -Interface."),
        InterfaceNotFoundException => ("InterfaceNotFound", ErrorCategory.ObjectNotFound,
            "Name an interface of this machine; the message lists them."),
        WildcardPatternException => ("InvalidPattern", ErrorCategory.InvalidArgument,
            "Close the bracket, or write a backtick before it where it is part of the name."),
        FlexLmVendorException vendor => ("VendorDown", CategoryOf(vendor.Error),
            "Get-FlexLmStatus shows which vendor daemons are up; the debug log of the server says why one is not."),
        FlexLmServerException server => (server.Error.Code == AuthenticatedOnly ? "AuthenticatedOnly" : "ServerDown", CategoryOf(server.Error),
            "Get-FlexLmStatus shows more; see that host, port and firewall are right and that lmgrd runs there."),
        NoLicenseServerException => ("NoServer", ErrorCategory.ObjectNotFound,
            "Name a server with -Server port@host, or set LM_LICENSE_FILE."),
        InvalidLicenseServerException => ("InvalidServer", ErrorCategory.InvalidArgument,
            "Write port@host, '@host' for the default ports, 'port@a,port@b,port@c' for a triad, or the path of a license file."),
        FlexLmFeatureNotFoundException => ("NotFound", ErrorCategory.ObjectNotFound,
            "Get-FlexLmFeature without a name lists all features."),
        LicenseFaultException => ("LicenseFault", ErrorCategory.ParserError,
            "Correct the line in the license file; the other lines were read."),
        KeyNotFoundException => ("NotFound", ErrorCategory.ObjectNotFound,
            "Get-FlexLmError without a number lists all."),
        UnauthorizedAccessException => ("FileNotReadable", ErrorCategory.PermissionDenied,
            "See that this account may read the file."),
        IOException => ("FileNotReadable", ErrorCategory.ReadError,
            "See that the file is there and not locked."),
        IcePapPacketException => ("MalformedPacket", ErrorCategory.InvalidData,
            "Give all bytes of one datagram, from the source address to the checksum."),
        FormatException => ("NotHex", ErrorCategory.InvalidData,
            "Give hexadecimal digits, two for a byte."),
        _ => ("Unexpected", ErrorCategory.NotSpecified, null),
    };
}
