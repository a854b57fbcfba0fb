using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using PSLabNet.Lab.Network;
using PSLabNet.Lab.Processes;

namespace PSLabNet.Link.Faults;

/// <summary>A bridge of two interfaces with netem at both ends. The kernel does the work, and does not report its random decisions.</summary>
internal sealed class NetemLink : IFaultyLink
{
    // netem reorders frames by sending some at once and the others later.
    private const double LeastDelayToReorder = 20;

    private readonly NetworkNamespace middle;
    private readonly string clientSide;
    private readonly string deviceSide;

    /// <summary>Joins two interfaces.</summary>
    /// <param name="middle">The namespace of both interfaces.</param>
    /// <param name="clientSide">The interface towards the client.</param>
    /// <param name="deviceSide">The interface towards the devices.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    public NetemLink(NetworkNamespace middle, string clientSide, string deviceSide)
    {
        this.middle = middle;
        this.clientSide = clientSide;
        this.deviceSide = deviceSide;

        // A bridge with snooping forwards multicast only to ports where it saw a join, and joins may get lost here.
        middle.Ip("link", "add", "bridge", "type", "bridge", "mcast_snooping", "0", "forward_delay", "0");
        middle.Ip("link", "set", clientSide, "master", "bridge");
        middle.Ip("link", "set", deviceSide, "master", "bridge");
        middle.Ip("link", "set", "bridge", "up");
    }

    public string Worker => "netem of the kernel";

    /// <summary>Whether the kernel has netem. This tries it on a separate interface.</summary>
    /// <param name="middle">A namespace to try it in.</param>
    public static bool IsThere(NetworkNamespace middle)
    {
        middle.Ip("link", "add", "trial", "type", "veth", "peer", "name", "trialpeer");
        bool isThere = ChildProcess.Succeeds("tc", "-n", middle.Name, "qdisc", "add", "dev", "trial", "root", "netem", "loss", "random", "1%");
        middle.Ip("link", "delete", "trial");
        return isThere;
    }

    public void SetToDevices(LinkFaults faults) => Set(deviceSide, faults);

    public void SetToClient(LinkFaults faults) => Set(clientSide, faults);

    public void Reseed(int seed)
    {
        // Only newer kernels accept a seed. Without a seed, each run still has its own random numbers.
    }

    public LinkCounters CountToDevices() => Count(deviceSide);

    public LinkCounters CountToClient() => Count(clientSide);

    public void Dispose()
    {
        // The namespace is removed with everything in it.
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private LinkCounters Count(string side)
    {
        using var shown = JsonDocument.Parse(ChildProcess.Run("tc", "-s", "-j", "-n", middle.Name, "qdisc", "show", "dev", side));
        JsonElement netem = shown.RootElement[0];
        long passed = netem.GetProperty("packets").GetInt64();
        long lost = netem.GetProperty("drops").GetInt64();
        return new LinkCounters(passed + lost, lost, 0, 0, 0, null);
    }

    private void Set(string side, LinkFaults faults)
    {
        List<string> arguments = ["-n", middle.Name, "qdisc", "replace", "dev", side, "root", "netem"];
        double delay = faults.Reorder > 0 ? Math.Max(faults.Delay, LeastDelayToReorder) : faults.Delay;
        if (delay > 0 || faults.Jitter > 0)
        {
            arguments.AddRange(["delay", Number(delay) + "ms", Number(faults.Jitter) + "ms"]);
        }

        if (faults.Loss > 0)
        {
            arguments.AddRange(["loss", "random", Number(faults.Loss) + "%"]);
        }

        if (faults.Duplicate > 0)
        {
            arguments.AddRange(["duplicate", Number(faults.Duplicate) + "%"]);
        }

        if (faults.Reorder > 0)
        {
            arguments.AddRange(["reorder", Number(faults.Reorder) + "%"]);
        }

        ChildProcess.Run("tc", [.. arguments]);
    }
}
