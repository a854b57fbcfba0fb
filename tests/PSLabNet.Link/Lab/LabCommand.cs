using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Link.Lab;

/// <summary>Keeps a laboratory, and executes the lines of the standard input. Each is answered with one line.</summary>
internal static class LabCommand
{
    /// <summary>Builds the laboratory, and removes it when the input ends.</summary>
    /// <param name="name">Prefix of the namespaces' names.</param>
    /// <param name="options">The peers behind the link.</param>
    /// <param name="stop">Ends the laboratory.</param>
    /// <exception cref="IOException">The laboratory cannot be built.</exception>
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
