using System.Globalization;

namespace PSLabNet.FlexLm;

/// <content>Look-up in the table.</content>
public static partial class FlexLmErrorTable
{
    private static readonly FlexLmErrorDescription NoReason = new(FlexLmErrorCode.NoReason, "PSLABNET_NOREASON", "The server refuses without a reason.");

    /// <summary>The description of a number.</summary>
    /// <param name="code">FlexLM's number, with or without its sign, or PSLabNet's own number, -10000.</param>
    /// <returns>The description; null if the number is not in the table.</returns>
    public static FlexLmErrorDescription? Find(int code)
    {
        if (code == FlexLmErrorCode.NoReason || code == -FlexLmErrorCode.NoReason)
        {
            return NoReason;
        }

        // The table has no gap: number -n is at index n - 1.
        long index = (code < 0 ? -(long)code : code) - 1;
        return index >= 0 && index < All.Count ? All[(int)index] : null;
    }

    /// <summary>Creates an error from a number, with the action that failed, and with details after FlexLM's own words.</summary>
    internal static FlexLmError Make(int code, string action, string details = "")
    {
        FlexLmErrorDescription? known = Find(code);
        string message = known?.Message ?? string.Format(CultureInfo.InvariantCulture, "FlexLM error {0}.", code);
        return new FlexLmError
        {
            Code = code,
            Name = known?.Name ?? string.Empty,
            Message = details.Length == 0 ? message : $"{message} {details}",
            Action = action,
        };
    }

    /// <summary>Creates the error that a server reported in a <c>W</c> message.</summary>
    internal static FlexLmError MakeFromServer(int code, string action) => Make(code, action, code switch
    {
        FlexLmErrorCode.BadHandshake or FlexLmErrorCode.NotAdministrator =>
            $"(said by the server to: {action}; this server answers only authenticated clients)",
        FlexLmErrorCode.UnknownMessage =>
            $"(said by the server to: {action}; it does not know the plain query, perhaps this server answers only authenticated clients)",
        _ => $"(said by the server to: {action})",
    });
}

/// <summary>FlexLM's numbers that PSLabNet uses itself: for failures on the wire, and as a simulated server.</summary>
internal static class FlexLmErrorCode
{
    public const int NoSuchFeature = -5;

    /// <summary>The server sent something that is not a message of the protocol.</summary>
    public const int BadCommunication = -12;

    public const int CannotConnect = -15;
    public const int CannotRead = -16;
    public const int CannotWrite = -17;
    public const int FeatureNotSupported = -18;

    /// <summary>Fewer than two of three servers that act as one answer.</summary>
    public const int NoMajority = -20;

    /// <summary>The server requires a handshake, which PSLabNet never makes.</summary>
    public const int BadHandshake = -33;

    public const int NoResponse = -52;

    /// <summary>A server's answer to an unknown message.</summary>
    public const int UnknownMessage = -60;

    public const int NotAdministrator = -63;

    /// <summary>
    /// PSLabNet's own number: the server refuses a request and sends no number. FlexLM's numbers do not extend this far.
    /// </summary>
    public const int NoReason = -10_000;

    /// <summary>Also used if the host name is unknown.</summary>
    public const int HostDown = -96;

    public const int VendorDown = -97;

    /// <summary>A license line has no signature, so its license cannot be queried.</summary>
    public const int SignatureMissing = -114;
}
