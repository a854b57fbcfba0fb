using System;
using System.Globalization;

namespace PSLabNet.Link.Lab;

/// <summary>What stands behind the link.</summary>
internal sealed record LaboratoryOptions
{
    /// <summary>Simulated controllers; their names are device-001 and so on.</summary>
    public int Devices { get; init; } = 10;

    /// <summary>Features of the license server, 20 licenses each.</summary>
    public int Features { get; init; } = 5;

    /// <summary>Checkouts of each feature at the start.</summary>
    public int Checkouts { get; init; } = 3;

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">What follows <c>lab</c> and its name.</param>
    /// <exception cref="FormatException">It can't be understood.</exception>
    public static LaboratoryOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new LaboratoryOptions();
        for (int at = 0; at < arguments.Length; at += 2)
        {
            int number = at + 1 < arguments.Length
                ? int.Parse(arguments[at + 1], NumberStyles.None, CultureInfo.InvariantCulture)
                : throw new FormatException($"{arguments[at]} wants a number.");
            options = arguments[at] switch
            {
                "--devices" => options with { Devices = number },
                "--features" => options with { Features = number },
                "--checkouts" => options with { Checkouts = number },
                _ => throw new FormatException($"There is no {arguments[at]}."),
            };
        }

        return options;
    }
}
