using System;
using System.Diagnostics;
using System.IO;

namespace PSLabNet.Benchmarks.Discovery;

/// <summary>This program once more, as a process that serves until it is disposed of.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process process;

    public Child(params string[] arguments)
    {
        process = Process.Start(StartInfo(arguments))!;
        if (process.StandardOutput.ReadLine() != Crowd.Ready)
        {
            throw new IOException($"{string.Join(' ', arguments)} did not start.");
        }
    }

    public static ProcessStartInfo StartInfo(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Child).Assembly.Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
