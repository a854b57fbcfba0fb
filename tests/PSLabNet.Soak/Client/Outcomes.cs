using System;
using PSLabNet.IcePap;

namespace PSLabNet.Soak.Client;

/// <summary>The outcome of an update, in the client's words.</summary>
internal static class Outcomes
{
    /// <summary>Acknowledged and read back. Settings that were not written to flash may be lost since.</summary>
    public const string Verified = "verified";

    /// <summary>The device rebooted on request, returned, and has the settings.</summary>
    public const string Rebooted = "rebooted and verified";

    /// <summary>Acknowledged; not read back, as the user requested.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>A reboot was requested and not awaited: the result is unknown.</summary>
    public const string Told = "ordered to reboot";

    public const string NotFound = "not found";
    public const string Invalid = "invalid settings";
    public const string Nothing = "nothing to apply";
    public const string NoAcknowledgement = "no acknowledgement";
    public const string Rejected = "rejected";
    public const string NotVerified = "verification failed";
    public const string Network = "network";
    public const string Cancelled = "cancelled";

    /// <summary>Prefix of an outcome that no update may have.</summary>
    public const string Unexpected = "unexpected ";

    public static string Of(Exception exception) => exception switch
    {
        IcePapNotFoundException => NotFound,
        IcePapInvalidSettingsException => Invalid,
        IcePapNothingToApplyException => Nothing,
        IcePapNoAcknowledgementException => NoAcknowledgement,
        IcePapRejectedException => Rejected,
        IcePapVerificationException => NotVerified,
        IcePapNetworkException => Network,
        OperationCanceledException => Cancelled,
        _ => Unexpected + exception,
    };

    /// <summary>Whether the client reports that the device has the settings.</summary>
    public static bool IsSuccess(string outcome) => outcome is Verified or Rebooted or Acknowledged;
}
