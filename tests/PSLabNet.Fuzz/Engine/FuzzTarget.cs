using System;
using System.Collections.Generic;

namespace PSLabNet.Fuzz.Engine;

/// <summary>One parser or writer, with valid inputs, a way to mutate them, and the invariants for every input.</summary>
internal abstract class FuzzTarget : IDisposable
{
    public abstract string Name { get; }

    /// <summary>Valid inputs, the same and in the same order in every run.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Relative part of a run over all targets that this target gets, if inputs are counted.</summary>
    public abstract int Share { get; }

    /// <summary>Bytes that any input may make the program allocate, whatever its size.</summary>
    public abstract long AllocationConstant { get; }

    /// <summary>Additional bytes for each byte of the input.</summary>
    public abstract long AllocationPerByte { get; }

    /// <summary>Mutants longer than this are tried once and not mutated further.</summary>
    public virtual int LongestSeed => 4096;

    /// <summary>Whether the work is done on the thread that runs the target, so that its allocations can be measured.</summary>
    public virtual bool IsOnOneThread => true;

    /// <summary>Generates an input from an existing one.</summary>
    public abstract byte[] Mutate(FuzzRandom random, SeedPool pool);

    /// <summary>Runs the input. If an invariant is broken, it throws <see cref="FuzzViolation"/> or another exception.</summary>
    public abstract void Run(byte[] input, Outcome outcome);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
