using System;
using System.Collections.Generic;
using System.Threading;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;

namespace PSLabNet.Fuzz;

/// <summary>
/// A parser that is correct except for inputs that contain a mark. Only mutants have the mark: two bytes that are never
/// adjacent in a valid input.
/// </summary>
internal sealed class FaultyTarget : FuzzTarget
{
    private readonly PlantedFault fault;
    private readonly ManualResetEventSlim end = new();
    private readonly ByteBuffer buffer = new();

    public FaultyTarget(PlantedFault fault) => this.fault = fault;

    /// <summary>The smallest input that fails.</summary>
    public static ReadOnlySpan<byte> Mark => "!?"u8;

    public override string Name => "planted-fault";

    public override int Share => 1;

    public override long AllocationConstant => 4096;

    public override long AllocationPerByte => 64;

    public override IReadOnlyList<byte[]> Seeds { get; } = [[.. "one!two?three"u8], [.. "?? !! ?? !!"u8]];

    public static bool IsMarked(byte[] input) => input.AsSpan().IndexOf(Mark) >= 0;

    /// <summary>Ends the input that hangs, and prevents further hangs.</summary>
    public void LetGo() => end.Set();

    public override byte[] Mutate(FuzzRandom random, SeedPool pool)
    {
        buffer.Set(pool.Pick(random));
        ByteMutator.Mutate(buffer, random, pool.Pick(random));
        return buffer.ToArray();
    }

    public override void Run(byte[] input, Outcome outcome)
    {
        outcome.IsValid = !IsMarked(input);
        outcome.AddSize(input.Length);
        outcome.Add(input.Length == 0 ? 0 : input[0]);
        byte[] written = (byte[])input.Clone();
        if (!outcome.IsValid)
        {
            Break(written, outcome);
        }

        FuzzViolation.Demand(written.AsSpan().SequenceEqual(input), "encode(decode(b)) is not b");
    }

    protected override void Dispose(bool disposing)
    {
        end.Dispose();
        base.Dispose(disposing);
    }

    private void Break(byte[] written, Outcome outcome)
    {
        switch (fault)
        {
            case PlantedFault.Throws:
                throw new InvalidTimeZoneException();
            case PlantedFault.ReadsPastEnd:
                outcome.Add(written[written.Length]);
                break;
            case PlantedFault.Allocates:
                outcome.Add(new byte[1 << 20].Length);
                break;
            case PlantedFault.IsSlow:
                TimeSpan before = Environment.CpuUsage.TotalTime;
                while (Environment.CpuUsage.TotalTime - before < TimeSpan.FromMilliseconds(50))
                {
                    outcome.Add(written.Length);
                }

                break;
            case PlantedFault.WritesAnother:
                written[0] ^= 1;
                break;
            case PlantedFault.ShowsControl:
                Printable.Check("a\u001b", "a field");
                break;
            case PlantedFault.Hangs:
                end.Wait();
                break;
            default:
                break;
        }
    }
}
