using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// The lines that explain why a server has no status: the error, and the further lines of lmutil's long form (License
/// Administration Guide, "Error Message Format").
/// </summary>
internal static class ServerErrorLines
{
    private const string StatusMark = "Error getting status:";
    private const string FileMark = "Error reading license file:";
    private const string NotRunningMark = "lmgrd is not running:";
    private const string NumberMark = "Licensing error:-";
    private const int LongestExplanation = 2048;

    private static readonly string[] Explanations =
    [
        "Feature:", "License path:", "License file", "FlexNet Licensing error", "FLEXnet Licensing error", "For further information",
        "available at", "System Error:", "The license server manager (lmgrd)", "the wrong port@host", "port or hostname in the license file",
        "Server name:", "Hostname:", "Vendor:Host:", "The lookup for the hostname", "See the system administrator", "Use IP address",
    ];

    /// <summary>Reads the line that begins an error.</summary>
    /// <returns>Null if it is not one.</returns>
    public static FlexLmError? TryRead(TextSlice line, string action)
    {
        string? mark = line.StartsWith(StatusMark) ? StatusMark
            : line.StartsWith(NotRunningMark) ? NotRunningMark
            : line.StartsWith(FileMark) ? FileMark
            : null;
        return mark is null ? null : ErrorNumbers.ToError(line.From(mark.Length).Trim(), action);
    }

    /// <summary>Adds a further line to an error.</summary>
    /// <returns>Null if the line does not explain an error.</returns>
    public static FlexLmError? TryExplain(TextSlice line, FlexLmError error)
    {
        if (!line.StartsWithAny(Explanations))
        {
            return null;
        }

        if (error.Message.Length >= LongestExplanation)
        {
            return error;
        }

        int code = error.Code != 0 ? error.Code : NumberIn(line);
        return new FlexLmError(error)
        {
            Code = code,
            Name = FlexLmErrorTable.Find(code)?.Name ?? string.Empty,
            Message = $"{error.Message} {PrintableText.Escape(line.ToString())}",
        };
    }

    // FlexNet Licensing error:-96,491
    private static int NumberIn(TextSlice line)
    {
        int mark = line.IndexOf(NumberMark);
        if (mark < 0)
        {
            return 0;
        }

        TextSlice number = line.From(mark + NumberMark.Length);
        int end = number.IndexOf(',');
        return (end < 0 ? number : number.Part(0, end)).TryNumber(out int code) ? -code : 0;
    }
}
