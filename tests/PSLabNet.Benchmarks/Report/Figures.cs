using System;
using System.Globalization;

namespace PSLabNet.Benchmarks.Report;

/// <summary>Numbers with three significant digits, in units for people.</summary>
internal static class Figures
{
    public static string Number(double value)
    {
        int decimals = Math.Abs(value) switch { >= 99.95 => 0, >= 9.995 => 1, _ => 2 };
        return value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    public static string Time(TimeSpan time) => time.TotalSeconds >= 1 ? Number(time.TotalSeconds) + " s"
        : time.TotalMilliseconds >= 1 ? Number(time.TotalMilliseconds) + " ms"
        : Number(time.TotalMicroseconds) + " µs";

    public static string Nanoseconds(double nanoseconds) =>
        nanoseconds >= 1000 ? Time(TimeSpan.FromTicks((long)(nanoseconds / TimeSpan.NanosecondsPerTick))) : Number(nanoseconds) + " ns";

    public static string Bytes(double bytes) => bytes switch
    {
        >= 1e9 => Number(bytes / 1e9) + " GB",
        >= 1e6 => Number(bytes / 1e6) + " MB",
        >= 1e4 => Number(bytes / 1e3) + " kB",
        _ => bytes.ToString("N0", CultureInfo.InvariantCulture) + " B",
    };

    public static string Ratio(double ratio) => double.IsFinite(ratio) ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "-";
}
