using System;
using System.Management.Automation;
using PSLabNet.IcePap;

namespace PSLabNet.Pipeline;

/// <summary>Exceptions to error records: stable ids, categories, and what to do about it. The only place where ids are given.</summary>
internal static class Failure
{
    private const string Prefix = "PSLabNet.";

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
        IcePapPacketException => ("MalformedPacket", ErrorCategory.InvalidData,
            "Give all bytes of one datagram, from the source address to the checksum."),
        FormatException => ("NotHex", ErrorCategory.InvalidData,
            "Give hexadecimal digits, two for a byte."),
        _ => ("Unexpected", ErrorCategory.NotSpecified, null),
    };
}
