using System.Collections.Generic;
using System.Globalization;

namespace PSLabNet.FlexLm.Fields;

/// <summary>Versions of licenses. They are decimal numbers: 1.0 is 1.000.</summary>
internal static class LicenseVersion
{
    /// <summary>Reads a version as a number; null if it is not a number.</summary>
    public static decimal? NumberOf(string version) =>
        decimal.TryParse(version, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    /// <summary>The highest version, compared as numbers if they are numbers; empty if there are none.</summary>
    public static string Highest(IEnumerable<string> versions)
    {
        string highest = string.Empty;
        decimal? highestNumber = null;
        foreach (string version in versions)
        {
            decimal? number = NumberOf(version);
            bool isHigher = number is not null && highestNumber is not null ? number > highestNumber : string.CompareOrdinal(version, highest) > 0;
            if (isHigher)
            {
                highest = version;
                highestNumber = number;
            }
        }

        return highest;
    }
}
