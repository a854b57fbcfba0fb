using System;
using System.Collections.Generic;
using System.Numerics;

namespace PSLabNet.Fuzz.Engine;

/// <summary>
/// The outcome of an input: what a target observed, one value after the other. Each pair of successive values is a place in
/// a map, like the branches of a program for fuzzers that are guided by coverage. Sizes count by their power of two, and
/// texts without their quoted parts, because otherwise every input would be new.
/// </summary>
internal sealed class Outcome
{
    /// <summary>Number of places in the map.</summary>
    public const int MapSize = 1 << 16;

    private const uint Prime = 16777619;
    private const int MostPlaces = 4096;

    private readonly ushort[] places = new ushort[MostPlaces];
    private uint last;
    private int count;

    /// <summary>Whether the input was accepted as valid.</summary>
    public bool IsValid { get; set; }

    /// <summary>The places of the map that the input touched; a place may occur several times.</summary>
    public ReadOnlySpan<ushort> Places => places.AsSpan(0, count);

    public void Restart()
    {
        last = 0;
        count = 0;
        IsValid = false;
    }

    public void Add(int value)
    {
        uint next = ((uint)value + 1) * Prime;
        if (count < MostPlaces)
        {
            uint pair = (last ^ next) * Prime;
            places[count++] = (ushort)(pair >> 16);
        }

        last = next >> 1;
    }

    public void AddSize(long size) => Add(64 - BitOperations.LeadingZeroCount((ulong)size));

    public void AddFlag(bool flag) => Add(flag ? -1 : -2);

    /// <summary>Adds the first words of a message: text after a quote or a digit comes from the input, not from the program.</summary>
    public void AddShape(string? text)
    {
        const int Most = 48;
        uint hash = 1;
        for (int at = 0; at < text?.Length && at < Most; at++)
        {
            char c = text[at];
            if (c is '"' or '\'' or '(' or (>= '0' and <= '9'))
            {
                break;
            }

            hash = (hash ^ c) * Prime;
        }

        Add((int)hash);
    }

    public void AddSizes<T>(IReadOnlyCollection<T> list) => AddSize(list.Count);
}
