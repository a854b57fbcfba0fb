using System;
using System.Collections.Generic;

namespace PSLabNet.Fuzz.Engine;

/// <summary>One parser or writer, with inputs that are valid, a way to spoil them, and what must hold for every input.</summary>
internal abstract class FuzzTarget : IDisposable
{
    public abstract string Name { get; }

    /// <summary>Valid inputs, the same in the same order at every run.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Part of a run over all targets that is spent here when inputs are counted, in relation to the others'.</summary>
    public abstract int Share { get; }

    /// <summary>Bytes that an input may make the program allocate, whatever its size.</summary>
    public abstract long AllocationConstant { get; }

    /// <summary>Bytes beyond that for each byte of the input.</summary>
    public abstract long AllocationPerByte { get; }

    /// <summary>Mutants longer than this are tried once and not spoiled further.</summary>
    public virtual int LongestSeed => 4096;

    /// <summary>Whether the work is done on the thread that runs the target, so that allocations can be told to be its.</summary>
    public virtual bool IsOnOneThread => true;

    /// <summary>Makes an input of one that is there.</summary>
    public abstract byte[] Mutate(FuzzRandom random, SeedPool pool);

    /// <summary>Feeds the input, and throws <see cref="FuzzViolation"/>, or whatever comes, if something does not hold.</summary>
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
