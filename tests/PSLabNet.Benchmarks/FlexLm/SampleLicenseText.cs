using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace PSLabNet.Benchmarks.FlexLm;

/// <summary>License files of any length.</summary>
internal static class SampleLicenseText
{
    /// <summary>INCREMENT lines of a number of features.</summary>
    public static string Lines(int count)
    {
        var text = new StringBuilder();
        for (int number = 0; number < count; number++)
        {
            Append(text, number);
        }

        return text.ToString();
    }

    /// <summary>Enough lines for a number of characters.</summary>
    public static string OfLength(int length)
    {
        var text = new StringBuilder(length);
        for (int number = 0; text.Length < length; number++)
        {
            Append(text, number);
        }

        return text.ToString();
    }

    /// <summary>Lines that each supersede the previous one, by name and signature.</summary>
    public static string Superseding(int count)
    {
        var text = new StringBuilder();
        for (int number = 0; number < count; number++)
        {
            text.Append(CultureInfo.InvariantCulture, $"INCREMENT feature_{number % 7} MLM 52 30-dec-2030 1 ISSUED=1-jan-2024 ")
                .Append(CultureInfo.InvariantCulture, $"SUPERSEDE_SIGN=\"feature_{(number + 6) % 7}:{Signature(number - 1)}\" SIGN={Signature(number)}\n");
        }

        return text.ToString();
    }

    /// <summary>A line, an upgrade of it and a package for each of a number of features.</summary>
    public static string UpgradesAndPackages(int count)
    {
        var text = new StringBuilder();
        for (int number = 0; number < count; number++)
        {
            text.Append(CultureInfo.InvariantCulture, $"INCREMENT feature_{number} MLM 1.0 30-dec-2030 4 SIGN={Signature(3 * number)}\n")
                .Append(CultureInfo.InvariantCulture, $"UPGRADE feature_{number} MLM 1.0 2.0 30-dec-2030 2 SIGN={Signature((3 * number) + 1)}\n")
                .Append(CultureInfo.InvariantCulture, $"PACKAGE feature_{number} MLM 2.0 COMPONENTS=\"a_{number} b_{number}:3.0:1\" SIGN={Signature((3 * number) + 2)}\n");
        }

        return text.ToString();
    }

    /// <summary>A feature with as many versions as upgrades. No upgrade finds the version that it starts from.</summary>
    public static string UpgradesWithoutMatch(int count)
    {
        var text = new StringBuilder();
        for (int number = 0; number < count; number++)
        {
            text.Append(CultureInfo.InvariantCulture, $"INCREMENT feature MLM 1.{number:00000} 30-dec-2030 4 SIGN={Signature(2 * number)}\n")
                .Append(CultureInfo.InvariantCulture, $"UPGRADE feature MLM 5.0 6.0 30-dec-2030 2 SIGN={Signature((2 * number) + 1)}\n");
        }

        return text.ToString();
    }

    /// <summary>A package with many components, and a line with the same number of host ids.</summary>
    public static string Components(int count)
    {
        IEnumerable<int> all = Enumerable.Range(0, count);
        string hosts = string.Join(" ", all.Select(number => number.ToString("X12", CultureInfo.InvariantCulture)));
        string components = string.Join(" ", all.Select(number => $"component_{number}"));
        return $"INCREMENT suite MLM 1.0 30-dec-2030 4 HOSTID=\"{hosts}\" SIGN={Signature(1)}\nPACKAGE suite MLM 1.0 COMPONENTS=\"{components}\" SIGN={Signature(2)}\n";
    }

    private static string Signature(int number) => (number + 0x10000000).ToString("X8", CultureInfo.InvariantCulture) + "CAFE0123";

    private static void Append(StringBuilder text, int number) => text.AppendFormat(
        CultureInfo.InvariantCulture,
        "INCREMENT feature_{0} MLM 52 30-dec-2030 {1} VENDOR_STRING=\"some vendor string\" HOSTID=ANY ISSUED=1-jan-2024 SN={0} SIGN=\"{2:X4} 4567 89AB CDEF 0123 4567 89AB CDEF\"\n",
        number,
        (number % 50) + 1,
        number);
}
