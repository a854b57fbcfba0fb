using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace PSLabNet.Benchmarks.Discovery;

/// <summary>A network namespace with nothing in it but loopback: nobody else's devices answer there. Linux, root, iproute2.</summary>
internal sealed class Namespace : IDisposable
{
    private readonly string name;

    private Namespace(string name) => this.name = name;

    /// <summary>Makes one; null where that is not possible.</summary>
    public static Namespace? TryMake()
    {
        string name = "pslabnet-bench-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !TryRun("netns", "add", name))
        {
            return null;
        }

        var made = new Namespace(name);
        if (TryRun("netns", "exec", name, "ip", "link", "set", "lo", "up"))
        {
            return made;
        }

        made.Dispose();
        return null;
    }

    /// <summary>The same program, in here.</summary>
    public ProcessStartInfo Enter(ProcessStartInfo program)
    {
        var start = new ProcessStartInfo("ip", ["netns", "exec", name, program.FileName, .. program.ArgumentList])
        {
            RedirectStandardInput = program.RedirectStandardInput,
            RedirectStandardOutput = program.RedirectStandardOutput,
        };
        return start;
    }

    public void Dispose() => TryRun("netns", "delete", name);

    private static bool TryRun(params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
