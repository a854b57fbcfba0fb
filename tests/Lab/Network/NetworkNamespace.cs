using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using PSLabNet.Lab.Processes;

namespace PSLabNet.Lab.Network;

/// <summary>A network namespace that a test creates and removes: no other devices answer in it.</summary>
public sealed partial class NetworkNamespace : IDisposable
{
    private const int CLONE_NEWNET = 0x40000000;

    private NetworkNamespace(string name) => Name = name;

    /// <summary>Its name, as <c>ip netns</c> shows it.</summary>
    public string Name { get; }

    /// <summary>Why this machine cannot create namespaces; null if it can.</summary>
    public static string? WhyNot() =>
        !OperatingSystem.IsLinux() ? "network namespaces need Linux"
        : !Environment.IsPrivilegedProcess ? "network namespaces need root"
        : !ChildProcess.Succeeds("ip", "-V") ? "ip is not installed (apt-get install iproute2)"
        : null;

    /// <summary>Creates a namespace with loopback up.</summary>
    /// <param name="name">An unused name.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    public static NetworkNamespace Create(string name)
    {
        ChildProcess.Run("ip", "netns", "add", name);
        var created = new NetworkNamespace(name);
        try
        {
            created.Ip("link", "set", "lo", "up");
            return created;
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }

    /// <summary>Runs <c>ip</c> in the namespace.</summary>
    /// <exception cref="IOException">The command failed.</exception>
    public void Ip(params string[] arguments) => ChildProcess.Run("ip", ["-n", Name, .. arguments]);

    /// <summary>The start information to run a program in the namespace.</summary>
    public ProcessStartInfo Enter(ProcessStartInfo program) => new("ip", ["netns", "exec", Name, program.FileName, .. program.ArgumentList]);

    /// <summary>
    /// Runs a function in the namespace; sockets that it opens remain there. A new thread enters the namespace and ends
    /// afterwards, so no thread of the pool stays in it.
    /// </summary>
    /// <exception cref="Win32Exception">The system refuses to enter the namespace.</exception>
    public T Run<T>(Func<T> action)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using SafeFileHandle handle = File.OpenHandle("/run/netns/" + Name);
                if (setns(handle, CLONE_NEWNET) != 0)
                {
                    throw new Win32Exception(Marshal.GetLastPInvokeError());
                }

                result = action();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    /// <summary>Removes the namespace and the interfaces in it.</summary>
    public void Dispose() => ChildProcess.Succeeds("ip", "netns", "delete", Name);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(SafeFileHandle handle, int kind);
}
