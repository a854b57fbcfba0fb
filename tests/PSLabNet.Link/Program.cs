using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using PSLabNet.Link.Discovery;
using PSLabNet.Link.Lab;
using PSLabNet.Link.Namespaces;

const string Usage = """
    A link with faults between network namespaces that this program makes. Linux, root, iproute2; exit code 2 without.

    discovery [--runs 1000] [--loss 30] [--devices 100] [--retry 5] [--parallel 8] [--seed n] [--allow n] [--report]
        looks for devices over a link that loses frames, and says how often all were found
    lab <name> [--devices 10] [--features 5] [--checkouts 3]
        controllers and a license server behind the interface labLink of this namespace, until the input ends;
        lines of the input change the link: faults loss=30 duplicate=5 reorder=25 (percent) delay=50 jitter=20 (ms)
    """;

// Many laboratories in one process: none is to wait for a thread of another.
ThreadPool.SetMinThreads(64, 64);
using var stopping = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    // The namespaces are taken away before this program ends.
    signal.Cancel = true;
    stopping.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    if (Topology.WhyNot() is { } reason)
    {
        Console.WriteLine($"Nothing was done: {reason}.");
        return 2;
    }

    if (args is ["discovery", .. var options])
    {
        return await DiscoveryCommand.RunAsync(DiscoveryOptions.Parse(options), stopping.Token);
    }

    if (args is ["lab", var name, .. var behind])
    {
        return await LabCommand.RunAsync(name, LaboratoryOptions.Parse(behind), stopping.Token);
    }

    Console.Error.WriteLine(Usage);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
catch (Exception e) when (e is FormatException or IOException or System.ComponentModel.Win32Exception)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
