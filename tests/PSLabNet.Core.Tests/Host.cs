using System;
using System.Globalization;
using System.IO;

namespace PSLabNet.Tests;

/// <summary>
/// What this system is, for tests that not every system can run. They are left out before they begin: under Wine, the second test that
/// leaves itself out (Assert.SkipUnless) does not end.
/// </summary>
public static class Host
{
    public static bool IsLinux { get; } = OperatingSystem.IsLinux();

    public static bool IsWindows { get; } = OperatingSystem.IsWindows();

    public static bool IsLinuxRoot { get; } = IsLinux && IsRoot();

    // Effective user id in the line "Uid: real effective saved file-system".
    private static bool IsRoot()
    {
        string line = Array.Find(File.ReadAllLines("/proc/self/status"), text => text.StartsWith("Uid:", StringComparison.Ordinal)) ?? string.Empty;
        string[] ids = line.Split('\t');
        return ids.Length > 2 && int.Parse(ids[2], CultureInfo.InvariantCulture) == 0;
    }
}
