using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace PSLabNet.Soak.Measuring;

/// <summary>The resources of the process at one moment. Memory is in KiB, and known only after a full collection.</summary>
internal readonly record struct Sample(double Seconds, int Handles, int Sockets, int Threads, long? MemoryKiB)
{
    private const string HandleFolder = "/proc/self/fd";
    private const string ThreadFolder = "/proc/self/task";
    private const int RestSamples = 30;
    private const int RestIntervalMs = 100;
    private const int KiB = 1024;

    public static bool IsPossible => Directory.Exists(HandleFolder);

    public static Sample Take(double seconds, bool isMemoryWanted)
    {
        // The program's own assemblies and their symbols are opened when they are first used, and never closed.
        List<string> handles = [.. Directory.GetFiles(HandleFolder).Select(TargetOf).Where(target => Path.GetExtension(target) is not (".dll" or ".pdb"))];
        int sockets = handles.Count(target => target.StartsWith("socket:", StringComparison.Ordinal));
        return new Sample(seconds, handles.Count, sockets, Directory.GetDirectories(ThreadFolder).Length, isMemoryWanted ? Memory() : null);
    }

    /// <summary>
    /// The process when its work is done: the minimum of several moments, because the last sockets close and the last
    /// threads end with a delay. Handles are counted before the collection, which would also close handles that the program
    /// forgot to close.
    /// </summary>
    public static async Task<Sample> TakeAtRestAsync(double seconds)
    {
        Sample rest = Take(seconds, isMemoryWanted: false);
        for (int index = 1; index < RestSamples; index++)
        {
            await Task.Delay(RestIntervalMs);
            Sample next = Take(seconds, isMemoryWanted: false);
            rest = rest with
            {
                Handles = Math.Min(rest.Handles, next.Handles),
                Sockets = Math.Min(rest.Sockets, next.Sockets),
                Threads = Math.Min(rest.Threads, next.Threads),
            };
        }

        return rest with { MemoryKiB = Memory() };
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true) / KiB;
    }

    // A handle may be closed between the listing and this call.
    private static string TargetOf(string handle)
    {
        try
        {
            return new FileInfo(handle).LinkTarget ?? string.Empty;
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
