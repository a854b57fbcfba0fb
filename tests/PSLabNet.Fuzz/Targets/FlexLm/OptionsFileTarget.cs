using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.OptionsFiles;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;

namespace PSLabNet.Fuzz.Targets.FlexLm;

/// <summary>Options files, and the rules that check them against a license file. Nothing is thrown.</summary>
internal sealed class OptionsFileTarget : FuzzTarget
{
    private static readonly IReadOnlyList<FlexLmLicenseLine> Licenses = FlexLmLicenseFile.Parse(
        "VENDOR v OPTIONS=fuzz\nINCREMENT f1 v 1.0 permanent 3 BORROW=72 KEY\nINCREMENT f1 v 2.0 permanent 4 KEY\nPACKAGE p v 1 COMPONENTS=\"a b:1\" KEY\n", "fuzz", _ => { });

    private readonly TextMutator mutator = new(Tokens.Options);

    public override string Name => "options-file";

    public override int Share => 100;

    public override long AllocationConstant => 64 * 1024;

    public override long AllocationPerByte => 1500;

    public override int LongestSeed => 2048;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. Texts().Select(Encoding.UTF8.GetBytes)];

    public override byte[] Mutate(FuzzRandom random, SeedPool pool) => mutator.Mutate(random, pool);

    public override void Run(byte[] input, Outcome outcome)
    {
        var faults = new List<FlexLmOptionFinding>();
        using var reader = new StringReader(LooseText.Decode(input));
        FlexLmOption[] options = [.. FlexLmOptionsFile.Read(reader, "fuzz", faults.Add)];
        int last = 0;
        foreach (FlexLmOption option in options)
        {
            FuzzViolation.Demand(option.LineNumber > last, "options are out of order");
            last = option.LineNumber;
            FuzzViolation.Demand(option.Number is null or >= 0, "a number is negative");
            Printable.Check(option.ToString(), "FlexLmOption.ToString");
            Printable.Check(option.Feature + option.Modifier + option.Group + option.Value + string.Concat(option.Names), "FlexLmOption");
            outcome.Add((int)option.Type);
            outcome.AddShape(option.Keyword);
            outcome.AddSize(option.Names.Count);
        }

        FuzzViolation.Demand(options.Length + faults.Count <= input.AsLines(), "more lines come out than went in");
        outcome.IsValid = options.Length > 0 && faults.Count == 0;
        foreach (FlexLmOptionFinding finding in faults.Concat(FlexLmOptionsFile.Check(options, Licenses)))
        {
            FuzzViolation.Demand(finding.Line > 0, "a finding has no line");
            Printable.Check(finding.Message + finding.Cure + finding.Keyword, "FlexLmOptionFinding");
            outcome.Add((int)finding.Severity);
        }
    }

    private static IEnumerable<string> Texts()
    {
        yield return """
            # comment
            GROUPCASEINSENSITIVE ON
            GROUP g alice bob \
              carol
            HOST_GROUP h tokyo seattle
            RESERVE 2 f1 USER alice
            RESERVE 9 f1:VERSION=1.0 GROUP g
            EXCLUDE f1 GROUP g
            INCLUDE "f1:NOTICE=a b" HOST_GROUP h
            """;
        yield return "MAX 5 f1 USER a\nMAX_BORROW_HOURS f1 24\nBORROW_LOWWATER f1 3\nLINGER f1 60\nTIMEOUT f1 900\nTIMEOUTALL 60\nMAX_OVERDRAFT f1 1\n";
        yield return "NOLOG IN\r\nDEBUGLOG +\"/var/log/a b.log\"\r\nREPORTLOG r.rl\r\nEXCLUDEALL INTERNET 1.2.3.*\r\nINCLUDEALL PROJECT p\r\nACTIVATION_LOWWATER E:FID=1 2\r\n";
    }
}
