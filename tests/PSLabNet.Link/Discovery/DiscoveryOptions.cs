using System;
using System.Globalization;

namespace PSLabNet.Link.Discovery;

/// <summary>What is to be measured.</summary>
internal sealed record DiscoveryOptions
{
    /// <summary>How often to look for the devices.</summary>
    public int Runs { get; init; } = 1000;

    /// <summary>Percent of the frames that are lost, each way.</summary>
    public int Loss { get; init; } = 30;

    /// <summary>How many devices there are.</summary>
    public int Devices { get; init; } = 100;

    /// <summary>How often the question is repeated, as <c>Find-IcePap -Retry</c> says it.</summary>
    public int Retry { get; init; } = 5;

    /// <summary>Laboratories that work at the same time, each with namespaces of its own.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>Where the chance begins.</summary>
    public int Seed { get; init; } = Random.Shared.Next();

    /// <summary>
    /// Runs that may miss a device before the command fails; a thousandth of the runs if it is not said. A short form for CI
    /// is 40 runs of which 2 may: if 999 of 1,000 find all, three or more of 40 miss once in 100,000 times, so it does not
    /// fail by chance; with none allowed it would once in 25 times. If only 9 of 10 find all, it fails in 78 of 100 times,
    /// if 8 of 10, in 99 of 100.
    /// </summary>
    public int? Allow { get; init; }

    /// <summary>Whether the result goes into the documentation.</summary>
    public bool Report { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">What follows <c>discovery</c>.</param>
    /// <exception cref="FormatException">It can't be understood.</exception>
    public static DiscoveryOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new DiscoveryOptions();
        for (int at = 0; at < arguments.Length; at++)
        {
            string name = arguments[at];
            options = name == "--report" ? options with { Report = true } : options.With(name, Number(arguments, name, ++at));
        }

        return options;
    }

    private static int Number(ReadOnlySpan<string> arguments, string name, int at) => at < arguments.Length
        ? int.Parse(arguments[at], NumberStyles.None, CultureInfo.InvariantCulture)
        : throw new FormatException($"{name} wants a number.");

    private DiscoveryOptions With(string name, int number) => name switch
    {
        "--runs" => this with { Runs = number },
        "--loss" => this with { Loss = number },
        "--devices" => this with { Devices = number },
        "--retry" => this with { Retry = number },
        "--parallel" => this with { Parallel = Math.Max(number, 1) },
        "--seed" => this with { Seed = number },
        "--allow" => this with { Allow = number },
        _ => throw new FormatException($"There is no {name}."),
    };
}
