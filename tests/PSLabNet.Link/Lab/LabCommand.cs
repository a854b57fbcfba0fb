using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Link.Lab;

/// <summary>Keeps a laboratory, and does what the lines of the standard input say, each with a line as its answer.</summary>
internal static class LabCommand
{
    /// <summary>Builds the laboratory, and takes it away when the input ends.</summary>
    /// <param name="name">What the namespaces are called.</param>
    /// <param name="options">What stands behind the link.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="IOException">It can't be built.</exception>
    public static async Task<int> RunAsync(string name, LaboratoryOptions options, CancellationToken stop)
    {
        using var laboratory = new Laboratory(name, options);
        Console.WriteLine($"ready {laboratory}");
        while (await Console.In.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
        {
            Console.WriteLine(Answer(laboratory, line));
        }

        return 0;
    }

    private static string Answer(Laboratory laboratory, string line)
    {
        try
        {
            return laboratory.Do(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        catch (Exception e) when (e is FormatException or OverflowException or IOException)
        {
            return "error " + e.Message;
        }
    }
}
