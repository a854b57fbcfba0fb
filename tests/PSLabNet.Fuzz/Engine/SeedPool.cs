using System.Collections.Generic;

namespace PSLabNet.Fuzz.Engine;

/// <summary>Inputs to be spoiled: the valid ones, and mutants that led to something that none before them did.</summary>
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

    /// <summary>The number of valid inputs that it began with.</summary>
    public int First => first;

    /// <summary>Mutants that were kept, those that newer ones displaced included.</summary>
    public int Kept { get; private set; }

    public byte[] this[int index] => inputs[index];

    /// <summary>A valid input half of the time, else any.</summary>
    public byte[] Pick(FuzzRandom random) => inputs[random.Below(random.OneIn(2) ? first : inputs.Count)];

    /// <summary>Keeps an input whose outcome has something new.</summary>
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
