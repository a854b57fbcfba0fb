using System.Globalization;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Fields;

/// <summary>
/// The numbers at the end of FlexLM's texts, <c>(-15,570:115 "Operation now in progress")</c>: error, minor number, the
/// system's error and its text (License Administration Guide, "Error Message Format").
/// </summary>
internal readonly struct ErrorNumbers
{
    private ErrorNumbers(int code, int? minor, int? system, int start, int end)
    {
        Code = code;
        Minor = minor;
        System = system;
        Start = start;
        End = end;
    }

    /// <summary>FlexLM's number, negative.</summary>
    public int Code { get; }

    public int? Minor { get; }

    public int? System { get; }

    /// <summary>Position of the opening bracket.</summary>
    public int Start { get; }

    /// <summary>Position after the closing bracket, or the end of the text.</summary>
    public int End { get; }

    /// <summary>Finds the last numbers in a text.</summary>
    public static bool TryFind(TextSlice text, out ErrorNumbers numbers)
    {
        numbers = default;
        int start = text.LastIndexOf("(-");
        if (start < 0)
        {
            return false;
        }

        int at = start + 2;
        if (!TryDigits(text, ref at, out int code))
        {
            return false;
        }

        int? minor = null;
        int? system = null;
        if (At(text, at) == ',')
        {
            at++;
            minor = TryDigits(text, ref at, out int value) ? value : null;
        }

        if (At(text, at) == ':')
        {
            at++;
            system = TryDigits(text, ref at, out int value) ? value : null;
        }

        int end = text.IndexOf(')', at);
        numbers = new ErrorNumbers(-code, minor, system, start, end < 0 ? text.Length : end + 1);
        return true;
    }

    /// <summary>Creates an error from a text.</summary>
    public static FlexLmError ToError(TextSlice text, string action)
    {
        if (!TryFind(text, out ErrorNumbers numbers))
        {
            return new FlexLmError { Message = PrintableText.Escape(text.Trim().ToString()), Action = action };
        }

        return new FlexLmError
        {
            Code = numbers.Code,
            Name = FlexLmErrorTable.Find(numbers.Code)?.Name ?? string.Empty,
            Message = PrintableText.Escape(text.Part(0, numbers.Start).Trim().ToString()) + Details(text, numbers),
            Action = action,
        };
    }

    // The text without the number: an error shows its number by itself.
    private static string Details(TextSlice text, ErrorNumbers numbers)
    {
        if (numbers.Minor is null)
        {
            return string.Empty;
        }

        if (numbers.System is null)
        {
            return string.Format(CultureInfo.InvariantCulture, " (minor {0})", numbers.Minor);
        }

        int open = text.IndexOf('"', numbers.Start);
        int close = text.LastIndexOf('"');
        string words = open >= 0 && close > open + 1 ? ", " + PrintableText.Escape(text.Part(open + 1, close - open - 1).ToString()) : string.Empty;
        return string.Format(CultureInfo.InvariantCulture, " (minor {0}, system {1}{2})", numbers.Minor, numbers.System, words);
    }

    private static char At(TextSlice text, int index) => index < text.Length ? text[index] : '\0';

    private static bool TryDigits(TextSlice text, ref int at, out int number)
    {
        int from = at;
        while (At(text, at) is >= '0' and <= '9')
        {
            at++;
        }

        return text.Part(from, at - from).TryNumber(out number);
    }
}
