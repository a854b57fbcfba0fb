using System;
using System.Globalization;
using System.IO;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Targets;

namespace PSLabNet.Fuzz;

/// <summary>Runs one input again.</summary>
internal static class Reproduction
{
    /// <summary>Runs the input that a text identifies.</summary>
    /// <param name="text">Target, and seed and index, or bytes in hexadecimal, or a file.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ArgumentException">The target or file does not exist.</exception>
    public static int Run(string text)
    {
        string[] parts = text.Split(':', 2);
        using FuzzTarget target = AllTargets.Named(parts[0])[0]();
        string rest = parts.Length > 1 ? parts[1] : string.Empty;
        var limits = new Limits();
        using var watchdog = new Watchdog(limits.Hang, (slot, input) =>
        {
            Console.WriteLine($"FAILED: {slot.Target}: hang. {Convert.ToHexString(input)}");
            Environment.Exit(1);
        });
        Finding? finding = Feed(target, rest, limits, watchdog);
        if (finding is not null && finding.Kind.Length > 0)
        {
            FindingFile.Tell(finding);
            return 1;
        }

        Console.WriteLine($"{target.Name}: everything holds.{(finding is null ? string.Empty : " " + Convert.ToHexString(finding.Input))}");
        return 0;
    }

    private static Finding? Feed(FuzzTarget target, string rest, Limits limits, Watchdog watchdog)
    {
        int colon = rest.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && long.TryParse(rest[..colon], CultureInfo.InvariantCulture, out long seed) && long.TryParse(rest[(colon + 1)..], CultureInfo.InvariantCulture, out long index))
        {
            using var all = new TargetRun(target, seed, limits, watchdog);
            return all.Reproduce(index);
        }

        using var run = new TargetRun(target, 0, limits, watchdog);
        return run.Try(File.Exists(rest) ? File.ReadAllBytes(rest) : FromHex(rest));
    }

    private static byte[] FromHex(string text)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            throw new ArgumentException($"'{text}' is neither seed:index nor hexadecimal nor a file.");
        }
    }
}
