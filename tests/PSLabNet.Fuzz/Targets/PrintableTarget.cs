using System.Collections.Generic;
using System.Linq;
using System.Text;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;
using PSLabNet.Text;

namespace PSLabNet.Fuzz.Targets;

/// <summary>The functions that make text safe to show: the result contains nothing that acts on a terminal, and safe text does not change.</summary>
internal sealed class PrintableTarget : FuzzTarget
{
    private readonly TextMutator mutator = new(Tokens.Hostile) { Longest = 512, LongWordOnceIn = 50_000 };

    public override string Name => "printable";

    public override int Share => 1200;

    public override long AllocationConstant => 8 * 1024;

    public override long AllocationPerByte => 64;

    public override int LongestSeed => 128;

    public override IReadOnlyList<byte[]> Seeds { get; } =
        [.. Tokens.Hostile, .. new[] { "plain text", "Grüße, 日本", "a\u001b[31mb\u202ec", "😀 smiles" }.Select(Encoding.UTF8.GetBytes)];

    public override byte[] Mutate(FuzzRandom random, SeedPool pool) => mutator.Mutate(random, pool);

    public override void Run(byte[] input, Outcome outcome)
    {
        string text = LooseText.Decode(input);
        string shown = PrintableText.Escape(text);
        Printable.Check(shown, "PrintableText.Escape");
        FuzzViolation.Demand(ReferenceEquals(PrintableText.Escape(shown), shown), "what was escaped is escaped again");
        bool isClean = ReferenceEquals(shown, text);
        outcome.IsValid = isClean;
        outcome.AddFlag(isClean);
        outcome.AddSize(text.Length);
        outcome.AddSize(shown.Length - text.Length);
    }
}
