using System;
using System.Globalization;

namespace PSLabNet.Soak;

/// <summary>A fault that is planted in the client, to show that a rule notices it.</summary>
internal enum Leak
{
    None,

    /// <summary>A socket of each update stays open.</summary>
    Handles,

    /// <summary>Each update keeps 64 KiB.</summary>
    Memory,

    /// <summary>Each update leaves work behind that never ends, and its thread.</summary>
    Tasks,

    /// <summary>An update is reported as succeeded that was never sent.</summary>
    Lost,

    /// <summary>An update is sent a second time that the client does not count.</summary>
    Twice,

    /// <summary>An event of the checkout watch is dropped.</summary>
    Event,
}

/// <summary>What the command line asks for.</summary>
internal sealed record SoakOptions
{
    public const string Usage =
        "PSLabNet.Soak [--minutes n | --seconds n] [--seed n] [--report page.md] [--leak handles|memory|tasks|lost|twice|event] [--self-test]";

    private static readonly TimeSpan ShortestWarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromMinutes(3);

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(45);

    public int Seed { get; init; } = Environment.TickCount & 0xFFFFFF;

    public string? Report { get; init; }

    public Leak Leak { get; init; }

    public bool IsSelfTest { get; init; }

    /// <summary>The folder of a process that is the simulators of another; null for the client.</summary>
    public string? World { get; init; }

    /// <summary>The same work, before anything is compared: code is compiled, pools and caches are filled.</summary>
    public TimeSpan WarmUp => TimeSpan.FromTicks(Math.Clamp(Duration.Ticks / 20, ShortestWarmUp.Ticks, LongestWarmUp.Ticks));

    /// <exception cref="FormatException">The command line is wrong.</exception>
    public static SoakOptions Parse(string[] arguments)
    {
        var options = new SoakOptions();
        for (int index = 0; index < arguments.Length; index++)
        {
            string name = arguments[index];
            options = name switch
            {
                "--minutes" => options with { Duration = TimeSpan.FromMinutes(Number(arguments, ++index)) },
                "--seconds" => options with { Duration = TimeSpan.FromSeconds(Number(arguments, ++index)) },
                "--seed" => options with { Seed = (int)Number(arguments, ++index) },
                "--report" => options with { Report = Text(arguments, ++index) },
                "--leak" => options with { Leak = Enum.TryParse(Text(arguments, ++index), ignoreCase: true, out Leak leak) ? leak : throw new FormatException("No such leak. " + Usage) },
                "--self-test" => options with { IsSelfTest = true },
                "--world" => options with { World = Text(arguments, ++index) },
                _ => throw new FormatException($"{name} is not known. {Usage}"),
            };
        }

        return options;
    }

    private static double Number(string[] arguments, int index) =>
        double.TryParse(Text(arguments, index), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= 0
            ? number
            : throw new FormatException($"{arguments[index]} is no number. {Usage}");

    private static string Text(string[] arguments, int index) =>
        index < arguments.Length ? arguments[index] : throw new FormatException("A value is missing. " + Usage);
}
