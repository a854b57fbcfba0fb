using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Samples;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;

namespace PSLabNet.Fuzz.Targets.FlexLm;

/// <summary>
/// Files of samples, as bytes in any encoding. Nothing is thrown; what is read and written again is the same samples, and no
/// cell of it is a formula.
/// </summary>
internal sealed class SampleFileTarget : FuzzTarget
{
    private readonly TextMutator mutator = new(Tokens.Samples);

    public override string Name => "sample-file";

    public override int Share => 30;

    // Two readers with buffers of 64 KiB bytes and 128 Ki characters.
    public override long AllocationConstant => 2 * 1024 * 1024;

    public override long AllocationPerByte => 2400;

    public override int LongestSeed => 2048;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. Texts().SelectMany(Encodings)];

    public override byte[] Mutate(FuzzRandom random, SeedPool pool) => mutator.Mutate(random, pool);

    public override void Run(byte[] input, Outcome outcome)
    {
        var faults = new List<FlexLmSampleFault>();
        FlexLmSample[] samples = [.. FlexLmSampleFile.Read(new MemoryStream(input), "fuzz", faults.Add)];
        FuzzViolation.Demand(samples.Length + faults.Count <= input.AsLines() + 1, "more rows come out than lines went in");
        FuzzViolation.Demand(faults.Count <= FlexLmSampleFile.MostFaults + 1, "too many faults are reported");
        foreach (FlexLmSampleFault fault in faults)
        {
            FuzzViolation.Demand(fault.LineNumber > 0, "a fault has no line");
            Printable.Check(fault.ToString(), "FlexLmSampleFault");
        }

        foreach (FlexLmSample sample in samples)
        {
            FuzzViolation.Demand(sample.Feature.Length > 0 && sample.Time.Offset == TimeSpan.Zero, "a sample has no feature, or its time is not in UTC");
            FuzzViolation.Demand(!(sample.Issued < 0 || sample.InUse < 0 || sample.Reserved < 0 || sample.Queued < 0), "a number is negative");
            Printable.Check(sample.ToString() + sample.Server + sample.Vendor + sample.Version, "FlexLmSample");
            outcome.AddSize(sample.Feature.Length);
        }

        outcome.IsValid = samples.Length > 0 && faults.Count == 0;
        outcome.AddSize(samples.Length);
        outcome.AddSize(faults.Count);
        CheckWritten(samples);
    }

    private static void CheckWritten(FlexLmSample[] samples)
    {
        using var written = new MemoryStream();
        written.Write(SampleRow.Header);
        using (var writer = new StreamWriter(written, new UTF8Encoding(false), leaveOpen: true))
        {
            foreach (FlexLmSample sample in samples)
            {
                SampleRow.Write(writer, sample);
            }
        }

        string text = Encoding.UTF8.GetString(written.ToArray());
        FuzzViolation.Demand(text.Count(c => c == '\n') == samples.Length + 1, "a cell has a line break");
        FuzzViolation.Demand(!HasFormula(text), "a cell is a formula");
        written.Position = 0;
        FlexLmSample[] again = [.. FlexLmSampleFile.Read(written, "fuzz", fault => throw new FuzzViolation("what was written can't be read", fault.ToString()))];
        FuzzViolation.Demand(again.Length == samples.Length && again.Zip(samples).All(pair => AreSame(pair.First, pair.Second)), "samples that are written and read are others");
    }

    // As a spreadsheet sees it whose separator is a comma, and one whose separator is a semicolon.
    private static bool HasFormula(string text)
    {
        for (int at = 1; at < text.Length; at++)
        {
            int before = at - 1;
            while (before > 0 && text[before] == '"')
            {
                before--;
            }

            if (text[at] is '=' or '+' or '-' or '@' && text[before] is ';' or '\n')
            {
                return true;
            }
        }

        return text.Contains(",\"=", StringComparison.Ordinal) || (text.Contains(",=", StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal));
    }

    // Times are written in whole seconds, and characters that could not be decoded by their numbers.
    private static bool AreSame(FlexLmSample one, FlexLmSample other) =>
        one.Time.ToUnixTimeSeconds() == other.Time.ToUnixTimeSeconds()
        && (one.Server, one.Vendor, one.Feature, one.Version) == (Written(other.Server), Written(other.Vendor), Written(other.Feature), Written(other.Version))
        && (one.Issued, one.InUse, one.Reserved, one.Queued) == (other.Issued, other.InUse, other.Reserved, other.Queued);

    private static string Written(string name) => name.Replace("\uFFFD", @"\ufffd", StringComparison.Ordinal);

    private static IEnumerable<string> Texts()
    {
        yield return """
            Time,Server,Vendor,Feature,Version,Issued,InUse,Reserved,Queued
            2026-11-27T10:00:00+00:00,27000@lic1,MLM,MATLAB,52,10,3,0,1
            2026-11-27T10:00:00+00:00,'@lic2,MLM,"a;'=b""c",1.0,,,,

            """.ReplaceLineEndings("\r\n");
        yield return "sep=;\nQueued;in_use;Feature;x;time\n;4;f;;2026-11-27 11:00:00.5 +01:00\n2;3;'=g;;2026-11-27T10:00Z\n";
        yield return "Feature\tTime\r\nf\t2026-11-27 10:00:00\r\nFeature\tTime\tInUse\r\ng\t2026-11-27 10:00:00\t3\r\n";
    }

    private static IEnumerable<byte[]> Encodings(string text, int index)
    {
        yield return Encoding.UTF8.GetBytes(text);
        yield return index % 2 == 0
            ? [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]
            : [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)];
    }
}
