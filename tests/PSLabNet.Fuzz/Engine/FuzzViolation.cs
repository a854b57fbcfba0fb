using System;

namespace PSLabNet.Fuzz.Engine;

/// <summary>An input breaks an invariant.</summary>
internal sealed class FuzzViolation : Exception
{
    public FuzzViolation(string kind, string message)
        : base(message) => Kind = kind;

    /// <summary>The invariant, in a few words that are the same for every input that breaks it.</summary>
    public string Kind { get; }

    /// <summary>Throws if an invariant does not hold.</summary>
    public static void Demand(bool holds, string kind)
    {
        if (!holds)
        {
            throw new FuzzViolation(kind, kind);
        }
    }
}
