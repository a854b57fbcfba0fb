using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace PSLabNet.FlexLm.Wire;

/// <summary>The client's data in every hello. Servers write it to their logs, so it is true by default.</summary>
internal sealed record ClientIdentity
{
    /// <summary>lmstat of version 11.11, as in the test vectors.</summary>
    private const byte DefaultMajor = 11;
    private const byte DefaultMinor = 11;

    public string User { get; init; } = OwnUser();

    public string Host { get; init; } = Environment.MachineName;

    public string Display { get; init; } = Environment.MachineName;

    public string ProcessId { get; init; } = OwnProcessId();

    public string Platform { get; init; } = "x64_lsb";

    public byte VersionMajor { get; init; } = DefaultMajor;

    public byte VersionMinor { get; init; } = DefaultMinor;

    // The name is read from the system's files, which cannot be opened if this process has no free handle.
    private static string OwnUser()
    {
        try
        {
            return Environment.UserName;
        }
        catch (IOException)
        {
            return Environment.GetEnvironmentVariable("USER") ?? "unknown";
        }
    }

    private static string OwnProcessId()
    {
        using Process process = Process.GetCurrentProcess();
        return process.Id.ToString(CultureInfo.InvariantCulture);
    }
}
