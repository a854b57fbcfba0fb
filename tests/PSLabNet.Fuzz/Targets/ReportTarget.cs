using System.Collections.Generic;
using System.Linq;
using System.Text;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;
using PSLabNet.Lab.Reports;

namespace PSLabNet.Fuzz.Targets;

/// <summary>The HTML report with a hostile text at every place: no text adds markup.</summary>
internal sealed class ReportTarget : FuzzTarget
{
    private readonly TextMutator mutator = new(Tokens.Hostile) { Longest = 512, LongWordOnceIn = 2_000 };
    private readonly ReportMarkup markup = new();

    public ReportTarget()
    {
        // Text that is short, long, or may run from right to left is wrapped in separate elements.
        foreach (string harmless in new[] { "x", new string('x', 300), new string('x', 2000), "א", "א" + new string('x', 300) })
        {
            markup.Learn(ReportPages.Hostile(harmless));
        }
    }

    public override string Name => "report";

    public override int Share => 20;

    // Each of about a hundred places shows up to 160 characters of the text, with 1000 more in a tooltip; the check parses
    // the page.
    public override long AllocationConstant => 16 * 1024 * 1024;

    public override long AllocationPerByte => 8000;

    public override int LongestSeed => 256;

    public override IReadOnlyList<byte[]> Seeds { get; } =
        [.. Tokens.Hostile, .. new[] { "alice", "a & b", "27000@lic1.lab.example", "=cmd|' /C calc'!A0" }.Select(Encoding.UTF8.GetBytes)];

    public override byte[] Mutate(FuzzRandom random, SeedPool pool) => mutator.Mutate(random, pool);

    public override void Run(byte[] input, Outcome outcome)
    {
        string text = LooseText.Decode(input);
        string page = ReportPages.Hostile(text);
        outcome.AddSize(markup.Check(page));
        outcome.AddSize(page.Length - text.Length);
        outcome.AddSize(input.Length);
        outcome.IsValid = true;
    }
}
