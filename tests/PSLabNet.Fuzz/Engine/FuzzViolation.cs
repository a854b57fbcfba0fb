using System;

namespace PSLabNet.Fuzz.Engine;

/// <summary>What must hold for every input does not hold for this one.</summary>
internal sealed class FuzzViolation : Exception
{
    public FuzzViolation(string kind, string message)
        : base(message) => Kind = kind;

    /// <summary>Which of the invariants, in a few words that are the same for every input that breaks it.</summary>
    public string Kind { get; }

    /// <summary>Demands that something holds.</summary>
    public static void Demand(bool holds, string kind)
    {
        if (!holds)
        {
            throw new FuzzViolation(kind, kind);
        }
    }
}
