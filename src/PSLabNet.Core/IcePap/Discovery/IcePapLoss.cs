using System;
using System.Collections.Generic;

namespace PSLabNet.IcePap.Discovery;

/// <summary>
/// How much the network loses, told from the devices that are known: each should answer each question. Where it loses
/// much, a question is repeated more often than asked for, or a device would be missed too easily.
/// </summary>
internal sealed class IcePapLoss
{
    // Probability that a device that is present is missed.
    private const double AcceptedMiss = 1e-5;

    // The most repetitions, as a multiple of those that were asked for.
    private const int MostFactor = 4;

    private readonly HashSet<MacAddress> known = [];
    private readonly HashSet<MacAddress> awaited = [];
    private long asked;
    private long answered;

    /// <summary>A question goes out: every known device should answer it.</summary>
    public void Ask()
    {
        // Who has not answered until now has missed the question before.
        asked += awaited.Count;
        awaited.Clear();
        awaited.UnionWith(known);
    }

    /// <summary>A device has answered.</summary>
    public void Answer(MacAddress device)
    {
        known.Add(device);
        if (awaited.Remove(device))
        {
            asked++;
            answered++;
        }
    }

    /// <summary>How often to repeat a question to which nothing new comes.</summary>
    /// <param name="wanted">How often the user wants it repeated, at least.</param>
    public int Repetitions(int wanted)
    {
        if (answered >= asked)
        {
            return wanted;
        }

        double missed = 1 - (double)answered / asked;
        double needed = missed < 1 ? Math.Ceiling(Math.Log(AcceptedMiss) / Math.Log(missed)) : double.MaxValue;
        return (int)Math.Max(wanted, Math.Min(needed, (double)wanted * MostFactor));
    }
}
