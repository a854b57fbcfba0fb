using System;
using System.Collections.Generic;

namespace PSLabNet.IcePap.Discovery;

/// <summary>
/// Estimates the network's loss from the known devices: each should answer each request. If the loss is high, requests are
/// repeated more often than the user asked, because a device would be missed too easily otherwise.
/// </summary>
internal sealed class IcePapLoss
{
    // Probability that a device that is present is missed.
    private const double AcceptedMiss = 1e-5;

    // Maximum number of repetitions, as a multiple of the requested number.
    private const int MostFactor = 4;

    private readonly HashSet<MacAddress> known = [];
    private readonly HashSet<MacAddress> awaited = [];
    private long asked;
    private long answered;

    /// <summary>Notes that a request is sent: every known device should answer it.</summary>
    public void Ask()
    {
        // A device that has not answered until now has missed the previous request.
        asked += awaited.Count;
        awaited.Clear();
        awaited.UnionWith(known);
    }

    /// <summary>Notes that a device has answered.</summary>
    public void Answer(MacAddress device)
    {
        known.Add(device);
        if (awaited.Remove(device))
        {
            asked++;
            answered++;
        }
    }

    /// <summary>How often to repeat a request that brings no new answers.</summary>
    /// <param name="wanted">Minimum number of repetitions, as the user requests it.</param>
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
