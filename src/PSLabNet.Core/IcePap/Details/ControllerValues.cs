using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PSLabNet.IcePap.Details;

/// <summary>What the answers of a controller say. A value that is not as the protocol says is null, and never a guess.</summary>
internal static class ControllerValues
{
    private const string WholeSystem = "SYSTEM";
    private const string HexPrefix = "0x";

    private static readonly char[] Colon = [':'];

    /// <summary>The version of the firmware: the first word, or the one of the whole system among those of its parts.</summary>
    public static string? Firmware(ControllerAnswer answer) => answer.IsError
        ? null
        : Short(answer.Lines.Select(VersionOfSystem).FirstOrDefault(version => version is not null) ?? ControllerAnswer.FirstWord(answer.Value));

    /// <summary>The identification, all of it.</summary>
    public static string? Identification(ControllerAnswer answer) => answer.IsError ? null : Short(string.Join(" ", answer.Lines));

    /// <summary>The numbers of the racks that are present.</summary>
    public static IReadOnlyList<int>? Racks(ControllerAnswer answer) =>
        Mask(answer, ControllerProtocol.MaxRacks) is { } mask ? new ResultCollection<int>([.. Bits(mask)]) : null;

    /// <summary>The number of drivers that are present in a rack. The first mask shows these, and the second one those that work.</summary>
    public static int? Drivers(ControllerAnswer answer) => Mask(answer, ControllerProtocol.MaxDrivers) is { } mask ? Bits(mask).Count() : null;

    // "SYSTEM : 3.17 : Tue Feb 16 10:57:37 2016", before the lines of the boards.
    private static string? VersionOfSystem(string line)
    {
        string[] parts = line.Split(Colon, 3);
        return parts.Length > 1 && parts[0].Trim().Equals(WholeSystem, StringComparison.OrdinalIgnoreCase) ? parts[1].Trim() : null;
    }

    private static string? Short(string? value) => value is { Length: > 0 and <= ControllerProtocol.MaxValueLength } ? value : null;

    private static int? Mask(ControllerAnswer answer, int bits)
    {
        string word = ControllerAnswer.FirstWord(answer.Value);
        string digits = word.StartsWith(HexPrefix, StringComparison.OrdinalIgnoreCase) ? word.Substring(HexPrefix.Length) : word;
        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int mask) && mask >= 0 && mask >> bits == 0 ? mask : null;
    }

    private static IEnumerable<int> Bits(int mask) => Enumerable.Range(0, ControllerProtocol.MaxRacks).Where(bit => (mask & (1 << bit)) != 0);
}
