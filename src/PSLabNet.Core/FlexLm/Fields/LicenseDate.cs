using System;
using System.Globalization;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Fields;

/// <summary>
/// Dates of license files: <c>dd-mmm-yyyy</c> with English months; <c>permanent</c> or a year of 0 means never
/// (License Administration Guide, "Publisher-Defined Required Keywords", exp_date).
/// </summary>
internal static class LicenseDate
{
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";
    private const int MonthLength = 3;

    // Files from before 2000 have years of two digits.
    private const int TwoDigitYears = 100;
    private const int FirstTwoDigitYear = 70;
    private const int Century = 1900;

    /// <summary>Reads a date.</summary>
    /// <param name="text">The field.</param>
    /// <param name="date">The start of the day in local time; null for never.</param>
    /// <returns>False if the text is not a date.</returns>
    public static bool TryParse(string text, out DateTimeOffset? date)
    {
        date = null;
        if (string.Equals(text, "permanent", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        int first = text.IndexOf('-');
        int second = first < 0 ? -1 : text.IndexOf('-', first + 1);
        if (second != first + MonthLength + 1 || first < 1
            || !TryNumber(text.Substring(0, first), out int day)
            || !TryNumber(text.Substring(second + 1), out int year))
        {
            return false;
        }

        int place = Months.IndexOf(text.Substring(first + 1, MonthLength), StringComparison.OrdinalIgnoreCase);
        if (place < 0 || place % MonthLength != 0)
        {
            return false;
        }

        if (year == 0)
        {
            return true;
        }

        if (year < TwoDigitYears)
        {
            year += year >= FirstTwoDigitYear ? Century : Century + TwoDigitYears;
        }

        int month = (place / MonthLength) + 1;
        if (year > DateTime.MaxValue.Year || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = LocalTime.In(TimeZoneInfo.Local, new DateTime(year, month, day));
        return true;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
