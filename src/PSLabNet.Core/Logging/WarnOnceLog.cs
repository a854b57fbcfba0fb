using System;
using System.Collections.Generic;

namespace PSLabNet.Logging;

/// <summary>Passes on each warning once: a query that is made every minute finds the same every minute. Thread-safe.</summary>
/// <param name="log">Receives everything else as it comes.</param>
internal sealed class WarnOnceLog(ILabLog log) : ILabByteLog
{
    // Warnings contain names from servers, so there may be new ones without end.
    private const int MostRemembered = 10_000;

    private readonly HashSet<string> warnings = new(StringComparer.Ordinal);

    public bool HearsBytes { get; } = LabLog.IsHeard(log);

    public void Warning(string message)
    {
        lock (warnings)
        {
            if (warnings.Count == MostRemembered)
            {
                warnings.Clear();
            }

            if (!warnings.Add(message))
            {
                return;
            }
        }

        log.Warning(message);
    }

    public void Verbose(string message) => log.Verbose(message);

    public void Bytes(string message, byte[] bytes) => log.Bytes(message, bytes);
}
