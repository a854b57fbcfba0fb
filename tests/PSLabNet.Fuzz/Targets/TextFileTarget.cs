using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
using PSLabNet.FlexLm.Logs;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;

namespace PSLabNet.Fuzz.Targets;

/// <summary>
/// Files with output of lmstat and with logs, as bytes in any encoding. The result does not depend on the number of parts in
/// which the bytes arrive.
/// </summary>
internal sealed class TextFileTarget : FuzzTarget
{
    private static readonly FlexLmLogOptions LogOptions = new() { TimeZone = Zones.Lab, StartDate = new DateTime(2025, 1, 6) };

    private readonly TextMutator mutator = new([.. Tokens.LmStat, .. Tokens.Log]) { LongWordOnceIn = 500 };

    public override string Name => "text-file";

    public override int Share => 30;

    // Two readers, each used twice, with buffers of 64 KiB bytes and 128 Ki characters.
    public override long AllocationConstant => 4 * 1024 * 1024;

    public override long AllocationPerByte => 2400;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. LmStatTarget.Cut([.. Resources.Corpus("lmstat"), .. Resources.Corpus("logs")]).SelectMany(Encodings)];

    public override byte[] Mutate(FuzzRandom random, SeedPool pool)
    {
        byte[] mutant = mutator.Mutate(random, pool);
        return random.Below(8) switch
        {
            0 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(LooseText.Decode(mutant))],
            1 => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(LooseText.Decode(mutant))],
            2 => [.. Encoding.UTF8.Preamble, .. mutant],
            _ => mutant,
        };
    }

    public override void Run(byte[] input, Outcome outcome)
    {
        List<FlexLmSnapshot> snapshots = [.. FlexLmStatReader.Read(new MemoryStream(input), LmStatTarget.Options)];
        LmStatTarget.Check(snapshots, input.AsLines(), outcome);
        List<FlexLmLogEvent> events = [.. FlexLmLogReader.Read(new MemoryStream(input), LogOptions)];
        LogTarget.Check(events, input.AsLines(), outcome);

        int piece = 1 + (input.Length * 7 % 1021);
        FlexLmLogEvent[] again = [.. FlexLmLogReader.Read(new Pieces(input, piece), LogOptions)];
        FuzzViolation.Demand(again.Length == events.Count && again.Zip(events).All(pair => Values.AreSame(pair.First, pair.Second)), "a log read in pieces is another");
        FlexLmSnapshot[] other = [.. FlexLmStatReader.Read(new Pieces(input, piece), LmStatTarget.Options)];
        FuzzViolation.Demand(Digest(other) == Digest(snapshots), "a report read in pieces is another");
    }

    private static IEnumerable<byte[]> Encodings(byte[] text, int index)
    {
        yield return text;
        string decoded = Encoding.UTF8.GetString(text);
        yield return (index % 3) switch
        {
            0 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(decoded)],
            1 => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(decoded)],
            _ => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(decoded.ReplaceLineEndings("\r\n"))],
        };
    }

    private static int Digest(IEnumerable<FlexLmSnapshot> snapshots)
    {
        var digest = default(HashCode);
        foreach (FlexLmSnapshot snapshot in snapshots)
        {
            digest.Add(snapshot.IsComplete);
            digest.Add(snapshot.ReportedAt);
            foreach (FlexLmUnparsedLine line in snapshot.Unparsed)
            {
                digest.Add(Values.HashOf(line));
            }

            foreach (FlexLmFeature feature in snapshot.Features)
            {
                digest.Add(feature.Name);
                digest.Add(feature.ReportedInUse);
                foreach (FlexLmCheckout checkout in feature.Checkouts)
                {
                    digest.Add(Values.HashOf(checkout));
                }
            }
        }

        return digest.ToHashCode();
    }

    /// <summary>A stream that returns at most a given number of bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));
    }
}
