using System;
using System.Collections.Generic;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Logs;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;
using PSLabNet.Text;

namespace PSLabNet.Fuzz.Targets;

/// <summary>Debug logs, line by line, and the sessions of their events. Nothing is thrown, and no license ends that did not begin.</summary>
internal sealed class LogTarget : FuzzTarget
{
    private static readonly FlexLmLogOptions Options = new() { TimeZone = Zones.Lab, StartDate = new DateTime(2025, 1, 6) };

    private readonly TextMutator mutator = new(Tokens.Log);

    public override string Name => "log";

    public override int Share => 100;

    public override long AllocationConstant => 128 * 1024;

    public override long AllocationPerByte => 600;

    public override int LongestSeed => 2048;

    public override IReadOnlyList<byte[]> Seeds { get; } = LmStatTarget.Cut(Resources.Corpus("logs"));

    public override byte[] Mutate(FuzzRandom random, SeedPool pool) => mutator.Mutate(random, pool);

    public override void Run(byte[] input, Outcome outcome)
    {
        var parser = new LogParser(Options, "fuzz", new DateTime(2025, 1, 6), DateOrigin.Inferred);
        char[] text = LooseText.Decode(input).ToCharArray();
        var events = new List<FlexLmLogEvent>();
        long number = 0;
        for (int start = 0; start < text.Length; number++)
        {
            int end = Array.IndexOf(text, '\n', start);
            end = end < 0 ? text.Length : end;
            int length = Math.Min(end - start, LineReader.LongestLine);
            if (parser.Read(new TextSlice(text, start, length), number + 1) is { } item)
            {
                events.Add(item);
            }

            start = end + 1;
        }

        Check(events, number, outcome);
    }

    /// <summary>The invariants for the events of a log.</summary>
    public static void Check(List<FlexLmLogEvent> events, long lines, Outcome outcome)
    {
        FuzzViolation.Demand(events.Count <= lines, "more events than lines");
        long begun = 0;
        foreach (FlexLmLogEvent item in events)
        {
            Printable.Check(item);
            FuzzViolation.Demand(item.Count >= 0, "an event's Count is negative");
            begun += item.Kind == FlexLmLogKind.Out ? Math.Max(item.Count, 1) : 0;
            outcome.Add((int)item.Kind);
            outcome.AddFlag(item.IsDateKnown);
            outcome.AddFlag(item.ErrorNumber is null);
            outcome.IsValid |= item.Kind != FlexLmLogKind.Other;
        }

        long counted = 0;
        int sessions = 0;
        foreach (FlexLmLogSession session in FlexLmLogSessionTracker.Track(events))
        {
            FuzzViolation.Demand(session.Count > 0, "a session of no license");
            sessions++;

            // A session without a start belongs to a license that was checked out before the log began.
            counted += session.Start is null ? 0 : session.Count;
            outcome.Add((int)session.EndedBy);
        }

        outcome.AddSize(sessions);
        FuzzViolation.Demand(counted <= begun, "more licenses in sessions than were taken");
    }
}
