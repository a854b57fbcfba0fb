using System.ComponentModel;
using System.Security.Cryptography;

namespace PSLabNet.Fuzz;

/// <summary>The options of the command line.</summary>
internal sealed record FuzzOptions
{
    [Description("Names of targets with commas between them; all if not given.")]
    public string Target { get; init; } = "all";

    [Description("Seconds for each target; 10 if neither these nor --count are given.")]
    public double? Seconds { get; init; }

    [Description("Inputs in all, of which each target gets its share.")]
    public long? Count { get; init; }

    [Description("Seed of the inputs; random if not given.")]
    public long Seed { get; init; } = RandomNumberGenerator.GetInt32(int.MaxValue);

    [Description("Targets at a time; 1 if not given.")]
    public int Threads { get; init; } = 1;

    [Description("A Markdown page: its table, between two comments, gets the results.")]
    public string? Report { get; init; }

    [Description("Feeds one input again: TARGET:SEED:INDEX, TARGET:HEX or TARGET:FILE.")]
    public string? Reproduce { get; init; }

    [Description("Each target 30 s with the seed 1 and 30 s with a random one, two at a time.")]
    public bool Ci { get; init; }

    [Description("Plants faults, and fails if one is not found.")]
    public bool SelfTest { get; init; }
}
