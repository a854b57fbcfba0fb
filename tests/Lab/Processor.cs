using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace PSLabNet.Lab;

/// <summary>The processor that was used for measurements.</summary>
public static class Processor
{
    private const string Info = "/proc/cpuinfo";

    /// <summary>Its model, or its architecture if the system does not report the model.</summary>
    public static string Model =>
        (File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null)?.Split(':', 2)[1].Trim()
        ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
        ?? RuntimeInformation.OSArchitecture.ToString();
}
