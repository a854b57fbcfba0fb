using System;
using System.Collections.Generic;
using System.Net;

namespace PSLabNet.FlexLm.Wire;

/// <summary>Bytes 8..11 of a text frame, and this machine's time when it arrived.</summary>
internal readonly record struct FrameTime(uint Time, DateTimeOffset ReceivedAt);

/// <summary>
/// The times in the text frames of a server's daemons. One source calls these bytes a message id, so a single one may be
/// something else than a time. Only the first few of each daemon are kept. Thread-safe.
/// </summary>
internal sealed class FrameTimes
{
    private const int MostOfDaemon = 8;
    private const int MostDaemons = 256;

    private readonly Dictionary<IPEndPoint, List<FrameTime>> times = [];

    public void Add(IPEndPoint daemon, uint time)
    {
        lock (times)
        {
            if (!times.TryGetValue(daemon, out List<FrameTime>? same))
            {
                if (times.Count == MostDaemons)
                {
                    return;
                }

                times.Add(daemon, same = []);
            }

            if (same.Count < MostOfDaemon)
            {
                same.Add(new FrameTime(time, DateTimeOffset.UtcNow));
            }
        }
    }

    public IReadOnlyList<FrameTime> Of(IPEndPoint daemon)
    {
        lock (times)
        {
            return times.TryGetValue(daemon, out List<FrameTime>? same) ? [.. same] : [];
        }
    }
}
