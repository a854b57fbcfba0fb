using System.Net.Sockets;
using PSLabNet.Lab.Network;
using PSLabNet.Link.Namespaces;

namespace PSLabNet.Link.Faults;

/// <summary>Relays frames between two interfaces with raw sockets, for kernels without netem.</summary>
internal sealed class FrameRelay : IFaultyLink
{
    private readonly Socket client;
    private readonly Socket devices;
    private readonly RelayDirection toDevices;
    private readonly RelayDirection toClient;

    /// <summary>Starts to relay frames.</summary>
    /// <param name="middle">The namespace of both interfaces.</param>
    /// <param name="clientSide">The interface towards the client.</param>
    /// <param name="deviceSide">The interface towards the devices.</param>
    public FrameRelay(NetworkNamespace middle, string clientSide, string deviceSide)
    {
        client = middle.Run(() => PacketSocket.Open(LibC.if_nametoindex(clientSide)));
        devices = middle.Run(() => PacketSocket.Open(LibC.if_nametoindex(deviceSide)));
        toDevices = new RelayDirection(client, devices);
        toClient = new RelayDirection(devices, client);
    }

    public string Worker => "frames relayed between raw sockets; this kernel has no netem";

    public void SetToDevices(LinkFaults faults) => toDevices.Set(faults);

    public void SetToClient(LinkFaults faults) => toClient.Set(faults);

    public void Reseed(int seed)
    {
        toDevices.Reseed(seed);
        toClient.Reseed(~seed);
    }

    public LinkCounters CountToDevices() => toDevices.Count();

    public LinkCounters CountToClient() => toClient.Count();

    public void Dispose()
    {
        toDevices.Dispose();
        toClient.Dispose();
        client.Dispose();
        devices.Dispose();
    }
}
