using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using PSLabNet.Lab.Network;
using PSLabNet.Lab.Processes;
using PSLabNet.Link.Faults;
using PSLabNet.Net;

namespace PSLabNet.Link.Namespaces;

/// <summary>
/// Three namespaces in a row: client, middle, devices. All traffic between the ends passes the link in the middle. The
/// client's namespace may be the one of this program.
/// </summary>
internal sealed class Topology : IDisposable
{
    /// <summary>The interface of the client towards the devices.</summary>
    public const string ClientInterface = "labLink";

    private const string DeviceInterface = "devices";
    private const string ClientSide = "toclient";
    private const string DeviceSide = "todevices";
    private const int PrefixLength = 24;

    private static readonly IPAddress ClientAddress = IPAddress.Parse("10.78.0.1");
    private static readonly IPAddress DeviceAddress = IPAddress.Parse("10.78.0.2");

    private readonly List<IDisposable> made = [];
    private NetworkNamespace? client;
    private NetworkNamespace devices = null!;

    private Topology()
    {
    }

    /// <summary>The link in the middle.</summary>
    public IFaultyLink Link { get; private set; } = null!;

    /// <summary>The interface of the devices; only sockets that are opened by <see cref="AtDevices"/> can use it.</summary>
    public LocalInterface Devices { get; private set; } = null!;

    /// <summary>
    /// The client's interface. If the client has a separate namespace, only sockets that are opened by
    /// <see cref="AtClient"/> can use it.
    /// </summary>
    public LocalInterface Client { get; private set; } = null!;

    /// <summary>Creates the namespaces, with a link without faults.</summary>
    /// <param name="name">Prefix of their names.</param>
    /// <param name="isClientHere">Whether this program's namespace is the client's.</param>
    /// <exception cref="IOException">The system refuses: this needs Linux, root and iproute2.</exception>
    public static Topology Create(string name, bool isClientHere)
    {
        var topology = new Topology();
        try
        {
            topology.Make(name, isClientHere);
            return topology;
        }
        catch
        {
            topology.Dispose();
            throw;
        }
    }

    /// <summary>Runs a function in the namespace of the devices.</summary>
    public T AtDevices<T>(Func<T> action) => devices.Run(action);

    /// <summary>Runs a function in the namespace of the client.</summary>
    public T AtClient<T>(Func<T> action) => client is null ? action() : client.Run(action);

    /// <summary>Removes everything.</summary>
    public void Dispose()
    {
        made.Reverse();
        made.ForEach(thing => thing.Dispose());
        made.Clear();
    }

    private void Make(string name, bool isClientHere)
    {
        NetworkNamespace middle = Add(NetworkNamespace.Create(name + "-middle"));
        devices = Add(NetworkNamespace.Create(name + "-devices"));
        middle.Ip("link", "add", DeviceSide, "type", "veth", "peer", "name", DeviceInterface, "netns", devices.Name);
        if (isClientHere)
        {
            ChildProcess.Run("ip", "link", "add", ClientInterface, "type", "veth", "peer", "name", ClientSide, "netns", middle.Name);
            ChildProcess.Run("ip", "addr", "add", $"{ClientAddress}/{PrefixLength}", "dev", ClientInterface);
            ChildProcess.Run("ip", "link", "set", ClientInterface, "up");
        }
        else
        {
            client = Add(NetworkNamespace.Create(name + "-client"));
            client.Ip("link", "add", ClientInterface, "type", "veth", "peer", "name", ClientSide, "netns", middle.Name);
            client.Ip("addr", "add", $"{ClientAddress}/{PrefixLength}", "dev", ClientInterface);
            client.Ip("link", "set", ClientInterface, "up");
        }

        devices.Ip("addr", "add", $"{DeviceAddress}/{PrefixLength}", "dev", DeviceInterface);
        devices.Ip("link", "set", DeviceInterface, "up");
        middle.Ip("link", "set", ClientSide, "up");
        middle.Ip("link", "set", DeviceSide, "up");
        Client = AtClient(() => Describe(ClientInterface, ClientAddress));
        Devices = AtDevices(() => Describe(DeviceInterface, DeviceAddress));
        Link = Add<IFaultyLink>(NetemLink.IsThere(middle)
            ? new NetemLink(middle, ClientSide, DeviceSide)
            : new FrameRelay(middle, ClientSide, DeviceSide));
        Link.SetToDevices(new LinkFaults());
        Link.SetToClient(new LinkFaults());
    }

    // .NET lists the interfaces of the process, which may be in another namespace than its thread.
    private static LocalInterface Describe(string name, IPAddress address)
    {
        Offload.Disable(name);
        return new LocalInterface(name, name, (int)LibC.if_nametoindex(name), address, PrefixLength, [], null, IsLoopback: false, IsUp: true, TakesMulticast: true);
    }

    private T Add<T>(T thing)
        where T : IDisposable
    {
        made.Add(thing);
        return thing;
    }
}
