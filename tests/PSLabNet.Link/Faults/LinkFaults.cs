using System;
using System.Globalization;

namespace PSLabNet.Link.Faults;

/// <summary>The faults of a link in one direction. By default there are none.</summary>
internal sealed record LinkFaults
{
    /// <summary>Percentage of the frames that are lost.</summary>
    public double Loss { get; init; }

    /// <summary>Percentage of the frames that arrive twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>Percentage of the frames that are overtaken by later ones.</summary>
    public double Reorder { get; init; }

    /// <summary>Delay of each frame in milliseconds.</summary>
    public double Delay { get; init; }

    /// <summary>Maximum deviation from the delay, in milliseconds.</summary>
    public double Jitter { get; init; }

    /// <summary>Reads words such as <c>loss=30 delay=50</c>; faults that are not named are zero.</summary>
    /// <param name="words">The words.</param>
    /// <exception cref="FormatException">A word is unknown, or its number is invalid.</exception>
    public static LinkFaults Parse(ReadOnlySpan<string> words)
    {
        var faults = new LinkFaults();
        foreach (string word in words)
        {
            string[] parts = word.Split('=', 2);
            double value = parts.Length == 2 ? double.Parse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : throw Unknown(word);
            faults = parts[0] switch
            {
                "loss" => faults with { Loss = Percent(word, value) },
                "duplicate" => faults with { Duplicate = Percent(word, value) },
                "reorder" => faults with { Reorder = Percent(word, value) },
                "delay" => faults with { Delay = value },
                "jitter" => faults with { Jitter = value },
                _ => throw Unknown(word),
            };
        }

        return faults;
    }

    private static FormatException Unknown(string word) =>
        new($"'{word}' is none of loss=, duplicate=, reorder= (percent), delay=, jitter= (milliseconds).");

    private static double Percent(string word, double value) =>
        value <= 100 ? value : throw new FormatException($"'{word}': more than 100 % is not possible.");
}
