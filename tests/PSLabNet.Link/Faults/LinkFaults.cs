using System;
using System.Globalization;

namespace PSLabNet.Link.Faults;

/// <summary>What a link does to the frames of one direction. As it stands: nothing.</summary>
internal sealed record LinkFaults
{
    /// <summary>Percent of the frames that are lost.</summary>
    public double Loss { get; init; }

    /// <summary>Percent of the frames that come twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>Percent of the frames that are overtaken by those behind them.</summary>
    public double Reorder { get; init; }

    /// <summary>Milliseconds that each frame takes.</summary>
    public double Delay { get; init; }

    /// <summary>Milliseconds that a frame may take less or more than the delay.</summary>
    public double Jitter { get; init; }

    /// <summary>Reads words as <c>loss=30 delay=50</c>; what is not named is none.</summary>
    /// <param name="words">The words.</param>
    /// <exception cref="FormatException">A word is none of these, or its number makes no sense.</exception>
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
