using System;
using PSLabNet.Logging;

namespace LabTour;

/// <summary>Shows warnings and the present step.</summary>
internal sealed class ConsoleLog : ILabLog
{
    public void Warning(string message) => Console.WriteLine($"  warning: {message}");

    public void Verbose(string message) => Console.WriteLine($"  {message}");

    public void Bytes(string message, byte[] bytes)
    {
    }
}
