using System;
using System.Collections.Generic;
using System.Numerics;

namespace PSLabNet.Fuzz.Engine;

/// <summary>
/// What an input led to: what a target saw, one thing after the other. Each pair of things that follow each other is a
/// place in a map, as the branches that a program takes are for fuzzers that watch the program itself. Sizes count by
/// their power of two, and texts without what they quote, or every input would be new.
/// </summary>
internal sealed class Outcome
{
    /// <summary>Places of the map.</summary>
    public const int MapSize = 1 << 16;

    private const uint Prime = 16777619;
    private const int MostPlaces = 4096;

    private readonly ushort[] places = new ushort[MostPlaces];
    private uint last;
    private int count;

    /// <summary>Whether the input was taken for what it should be.</summary>
    public bool IsValid { get; set; }

    /// <summary>The places of the map that the input touched; one may come several times.</summary>
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

    /// <summary>The first words of a message: what comes after a quote or a digit is the input's, not the program's.</summary>
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
