using System;
using System.Collections.Generic;
using System.Net;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>
/// What earlier queries of this process have shown of daemons: how many requests each takes before it has answered. It saves
/// time and nothing else: the answers of a daemon that is known are checked as those of any other.
/// </summary>
internal sealed class KnownDaemons
{
    /// <summary>Of more daemons, the one that was noted first is forgotten. A large site has some hundred.</summary>
    public const int Most = 4096;

    // Vendors have up to ten characters. What a server sends may be longer, and would be kept as long as the process runs.
    private const int LongestName = 64;

    private readonly object one = new();
    private readonly Dictionary<string, int> windows = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>What is known to all queries of this process.</summary>
    public static KnownDaemons OfProcess { get; } = new();

    /// <summary>The requests that a daemon takes ahead: 1 if it must be asked one at a time, null if it is not known.</summary>
    /// <param name="remote">Where it is.</param>
    /// <param name="vendor">Its vendor; empty for lmgrd.</param>
    public int? FindWindow(IPEndPoint remote, string vendor)
    {
        lock (one)
        {
            return windows.TryGetValue(Key(remote, vendor), out int window) ? window : null;
        }
    }

    /// <summary>Notes how many requests a daemon takes ahead.</summary>
    public void Note(IPEndPoint remote, string vendor, int window)
    {
        string key = Key(remote, vendor);
        lock (one)
        {
            if (!windows.ContainsKey(key))
            {
                order.Enqueue(key);
            }

            windows[key] = window;
            if (order.Count > Most)
            {
                windows.Remove(order.Dequeue());
            }
        }
    }

    private static string Key(IPEndPoint remote, string vendor) =>
        $"{remote} {(vendor.Length <= LongestName ? vendor : vendor.Substring(0, LongestName)).ToUpperInvariant()}";
}
