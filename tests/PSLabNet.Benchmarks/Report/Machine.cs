using System;
using System.Globalization;
using System.IO;
using System.Runtime;
using System.Runtime.InteropServices;
using PSLabNet.Lab;

namespace PSLabNet.Benchmarks.Report;

/// <summary>The properties of the machine that influence the figures, without its name.</summary>
internal static class Machine
{
    /// <summary>Average number of running and waiting processes over a minute; null if the system does not report it.</summary>
    public static double? Load => Read("/proc/loadavg") is { } text ? double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture) : null;

    public static string ToMarkdown(string? powerShell, double? loadBefore, double? loadAfter)
    {
        var table = new Table("The machine", string.Empty);
        table.Add("processor", $"{Processor.Model}, {Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}");
        table.Add("system", RuntimeInformation.OSDescription);
        table.Add("runtime", $"{RuntimeInformation.FrameworkDescription}, {(GCSettings.IsServerGC ? "server" : "workstation")} collector");
        table.Add("PowerShell", powerShell ?? "none");
        table.Add("receive buffer that the system grants", Read("/proc/sys/net/core/rmem_max") is { } bytes ? Figures.Bytes(double.Parse(bytes, CultureInfo.InvariantCulture)) : "not known");
        table.Add("load average before and after", loadBefore is { } before && loadAfter is { } after
            ? string.Create(CultureInfo.InvariantCulture, $"{before:0.0}, {after:0.0}")
            : "not known");
        table.Add("measured on", DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return table.ToMarkdown();
    }

    private static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;
}
