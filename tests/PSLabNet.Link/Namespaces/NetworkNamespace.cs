using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace PSLabNet.Link.Namespaces;

/// <summary>A network namespace that was made for a test, and goes with it.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private NetworkNamespace(string name) => Name = name;

    /// <summary>Its name, as <c>ip netns</c> shows it.</summary>
    public string Name { get; }

    /// <summary>Makes a namespace with loopback up.</summary>
    /// <param name="name">A name that is free.</param>
    /// <exception cref="IOException">It can't be made.</exception>
    public static NetworkNamespace Create(string name)
    {
        Command.Run("ip", "netns", "add", name);
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

    /// <summary>Runs ip in the namespace.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="IOException">It failed.</exception>
    public void Ip(params string[] arguments) => Command.Run("ip", ["-n", Name, .. arguments]);

    /// <summary>
    /// Does something in the namespace: sockets that are opened meanwhile stay there. A thread enters it and ends
    /// afterwards, so that no thread of the pool is left in a foreign namespace.
    /// </summary>
    /// <param name="action">What to do.</param>
    /// <exception cref="Win32Exception">The namespace can't be entered.</exception>
    public T Run<T>(Func<T> action)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle("/run/netns/" + Name);
                if (LibC.setns(handle, LibC.CLONE_NEWNET) != 0)
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

    /// <summary>Takes the namespace away, and the interfaces in it.</summary>
    public void Dispose() => Command.Try("ip", ["netns", "delete", Name], out _);
}
