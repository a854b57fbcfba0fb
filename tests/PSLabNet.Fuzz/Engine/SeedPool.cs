using System.Collections.Generic;

namespace PSLabNet.Fuzz.Engine;

/// <summary>Inputs to mutate: the valid ones, and mutants with an outcome that no earlier input had.</summary>
internal sealed class SeedPool
{
    private const int MostKept = 4096;

    private readonly List<byte[]> inputs;
    private readonly bool[] seen = new bool[Outcome.MapSize];
    private readonly int first;
    private readonly int longest;

    public SeedPool(FuzzTarget target)
    {
        inputs = [.. target.Seeds];
        first = inputs.Count;
        longest = target.LongestSeed;
    }

    /// <summary>The initial number of valid inputs.</summary>
    public int First => first;

    /// <summary>Number of mutants that were kept, including those that newer ones displaced.</summary>
    public int Kept { get; private set; }

    public byte[] this[int index] => inputs[index];

    /// <summary>A valid input in half of the cases, otherwise any input.</summary>
    public byte[] Pick(FuzzRandom random) => inputs[random.Below(random.OneIn(2) ? first : inputs.Count)];

    /// <summary>Keeps an input whose outcome contains something new.</summary>
    public void Offer(byte[] input, Outcome outcome, FuzzRandom random)
    {
        if (input.Length > longest || !IsNew(outcome))
        {
            return;
        }

        Kept++;
        if (inputs.Count < first + MostKept)
        {
            inputs.Add(input);
        }
        else
        {
            inputs[first + random.Below(MostKept)] = input;
        }
    }

    private bool IsNew(Outcome outcome)
    {
        bool isNew = false;
        foreach (ushort place in outcome.Places)
        {
            isNew |= !seen[place];
            seen[place] = true;
        }

        return isNew;
    }
}
