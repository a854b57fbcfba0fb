using System;
using System.ComponentModel;
using System.Globalization;

namespace PSLabNet.Link.Discovery;

/// <summary>The options of the measurement.</summary>
internal sealed record DiscoveryOptions
{
    [Description("Searches for the devices; 1000 if not given.")]
    public int Runs { get; init; } = 1000;

    [Description("Percent of the frames that are lost, each way; 30 if not given.")]
    public int Loss { get; init; } = 30;

    [Description("Devices; 100 if not given.")]
    public int Devices { get; init; } = 100;

    [Description("Repetitions of the request, as Find-IcePap -Retry; 5 if not given.")]
    public int Retry { get; init; } = 5;

    [Description("Laboratories at a time, each with namespaces of its own; 8 if not given.")]
    public int Parallel { get; init; } = 8;

    [Description("Seed of the losses; random if not given.")]
    public int Seed { get; init; } = Random.Shared.Next();

    // If 999 of 1,000 searches find all devices, three or more of 40 miss a device once in 100,000 times. So CI allows 2 of
    // 40: it does not fail by chance, as it would once in 25 times if none were allowed. If only 9 of 10 searches find all,
    // it fails in 78 of 100 times; if 8 of 10, in 99.
    [Description("Searches that may miss a device before the command fails; a thousandth of the runs if not given.")]
    public int? Allow { get; init; }

    [Description("Writes the result into docs/reliability.md.")]
    public bool Report { get; init; }

    /// <summary>The command that repeats the measurement.</summary>
    public string Command() => string.Create(
        CultureInfo.InvariantCulture,
        $"dotnet run --project tests/PSLabNet.Link -- discovery --runs {Runs} --loss {Loss} --devices {Devices} --retry {Retry} --parallel {Parallel} --seed {Seed}");
}
