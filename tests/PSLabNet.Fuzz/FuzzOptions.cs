using System;
using System.Globalization;
using System.Security.Cryptography;

namespace PSLabNet.Fuzz;

/// <summary>What the command line says.</summary>
internal sealed record FuzzOptions
{
    public const string Usage = """
        Usage: PSLabNet.Fuzz [--target NAME|all] [--seconds N | --count N] [--seed N] [--threads N] [--report FILE]
               PSLabNet.Fuzz --ci
               PSLabNet.Fuzz --reproduce TARGET:SEED:INDEX | --reproduce TARGET:HEX | --reproduce TARGET:FILE
        --seconds  for each target; --count  in all, each target its share.
        --ci       each target 30 s with the seed 1 and 30 s with a random one, two at a time.
        --report   writes the table into a Markdown file, between its marks.
        """;

    public string Target { get; init; } = "all";

    public double? Seconds { get; init; }

    public long? Count { get; init; }

    public long Seed { get; init; } = RandomNumberGenerator.GetInt32(int.MaxValue);

    public int Threads { get; init; } = 1;

    public string? Report { get; init; }

    public string? Reproduce { get; init; }

    public bool IsCi { get; init; }

    public bool IsSelfTest { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">One is not known, or has no value.</exception>
    public static FuzzOptions Parse(string[] arguments)
    {
        var options = new FuzzOptions();
        for (int at = 0; at < arguments.Length; at++)
        {
            string name = arguments[at];
            string Value() => ++at < arguments.Length ? arguments[at] : throw new FormatException($"{name} needs a value.");
            options = name switch
            {
                "--target" => options with { Target = Value() },
                "--seconds" => options with { Seconds = double.Parse(Value(), CultureInfo.InvariantCulture) },
                "--count" => options with { Count = long.Parse(Value(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = long.Parse(Value(), CultureInfo.InvariantCulture) },
                "--threads" => options with { Threads = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--report" => options with { Report = Value() },
                "--reproduce" => options with { Reproduce = Value() },
                "--ci" => options with { IsCi = true, Threads = 2 },
                "--self-test" => options with { IsSelfTest = true },
                _ => throw new FormatException($"{name} is no option."),
            };
        }

        return options;
    }
}
