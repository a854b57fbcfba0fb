using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Soak;

/// <summary>
/// The events of a run, one line each, in a file: the measured process must not keep them in memory. Times come from the
/// system's monotonic clock, which the client and the simulators share.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const char Separator = '\t';

    private readonly StreamWriter writer;
    private readonly object gate = new();
    private bool isClosed;

    public Journal(string path) => writer = new StreamWriter(path);

    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>The settings in one word, without the device's MAC addresses and the flags.</summary>
    public static string Settings(IcePapConfiguration settings) =>
        $"{settings.Hostname}|{settings.IPAddress}|{settings.Netmask}|{settings.Gateway}|{settings.Broadcast}";

    public static IEnumerable<string[]> Read(string path) => File.ReadLines(path).Select(line => line.Split(Separator));

    public static long Time(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    public void Add(string kind, params object?[] fields)
    {
        string line = kind + Separator + string.Join(Separator, fields.Select(field => Convert.ToString(field, CultureInfo.InvariantCulture)));
        lock (gate)
        {
            if (!isClosed)
            {
                writer.WriteLine(line);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            writer.Dispose();
        }
    }
}
