using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;

namespace PSLabNet.Fuzz.Targets;

/// <summary>Output of lmstat, line by line. Nothing is thrown, and every counted user has a line.</summary>
internal sealed class LmStatTarget : FuzzTarget
{
    private readonly TextMutator mutator = new(Tokens.LmStat);

    public override string Name => "lmstat";

    public override int Share => 100;

    public override long AllocationConstant => 128 * 1024;

    public override long AllocationPerByte => 600;

    public override int LongestSeed => 2048;

    public override IReadOnlyList<byte[]> Seeds { get; } = Cut(Resources.Corpus("lmstat"));

    /// <summary>Data that a text does not contain.</summary>
    public static FlexLmStatOptions Options { get; } = new() { TimeZone = Zones.Lab, ReadAt = new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.FromHours(2)) };

    /// <summary>Texts, and parts of them: a small input runs faster, and its changes matter more.</summary>
    public static IReadOnlyList<byte[]> Cut(IReadOnlyList<byte[]> texts)
    {
        const int Piece = 700;
        List<byte[]> all = [.. texts];
        foreach (byte[] text in texts)
        {
            for (int start = 0; start < text.Length;)
            {
                int end = Math.Min(start + Piece, text.Length);
                while (end < text.Length && text[end - 1] != '\n')
                {
                    end++;
                }

                all.Add(text[start..end]);
                start = end;
            }
        }

        return all;
    }

    public override byte[] Mutate(FuzzRandom random, SeedPool pool) => mutator.Mutate(random, pool);

    public override void Run(byte[] input, Outcome outcome)
    {
        var reader = new FlexLmStatReader(Options);
        var snapshots = new List<FlexLmSnapshot>();
        foreach (string line in LooseText.Decode(input).Split('\n'))
        {
            snapshots.AddRange(reader.Add(line));
        }

        if (reader.Complete() is { } last)
        {
            snapshots.Add(last);
        }

        Check(snapshots, input.AsLines(), outcome);
    }

    /// <summary>The invariants for the snapshots of a text.</summary>
    public static void Check(IReadOnlyList<FlexLmSnapshot> snapshots, int lines, Outcome outcome)
    {
        int entries = 0;
        outcome.AddSizes(snapshots);
        foreach (FlexLmSnapshot snapshot in snapshots)
        {
            outcome.AddSizes(snapshot.Servers);
            outcome.AddSizes(snapshot.Vendors);
            outcome.AddSizes(snapshot.Features);
            outcome.AddSizes(snapshot.Unparsed);
            outcome.AddFlag(snapshot.IsComplete);
            outcome.AddFlag(snapshot.ReportedAt is null);
            outcome.IsValid |= snapshot.Unparsed.Count == 0 && (snapshot.Features.Count > 0 || snapshot.Servers.Count > 0);
            Check(snapshot, outcome);
            entries += snapshot.Unparsed.Count + snapshot.Features.Sum(feature => feature.Checkouts.Count + feature.Reservations.Count);
        }

        // A line that was understood in part is in both lists.
        FuzzViolation.Demand(entries <= 2 * lines, "more entries than lines");
    }

    private static void Check(FlexLmSnapshot snapshot, Outcome outcome)
    {
        Printable.Check(snapshot.Warnings, "FlexLmSnapshot.Warnings");
        foreach (string warning in snapshot.Warnings)
        {
            outcome.AddShape(warning);
        }

        foreach (FlexLmServerStatus server in snapshot.Servers)
        {
            Printable.Check(server);
            outcome.Add((int)server.Status);
            outcome.AddFlag(server.Error is null);
        }

        foreach (FlexLmFeature feature in snapshot.Features)
        {
            Printable.Check(feature);
            Numbers.Check(feature);
            outcome.AddSizes(feature.Checkouts);
            outcome.AddSizes(feature.Reservations);
            outcome.AddSizes(feature.Pools);
            outcome.Add((int)feature.LicenseType);
            outcome.AddFlag(feature.Expires is null);
            outcome.AddFlag(feature.IsComplete);
        }

        foreach (FlexLmUnparsedLine line in snapshot.Unparsed)
        {
            Printable.Check(line.Text, "FlexLmUnparsedLine.Text");
        }
    }
}
