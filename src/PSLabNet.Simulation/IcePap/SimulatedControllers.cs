using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using PSLabNet.Net;

namespace PSLabNet.Simulation.IcePap;

/// <summary>The controllers of a simulator that listen. They follow the addresses of their devices.</summary>
internal sealed class SimulatedControllers : IDisposable
{
    /// <summary>Maximum number that listen, since each takes a socket. The other devices do not answer over TCP.</summary>
    public const int Most = 1000;

    private readonly object changing = new();
    private readonly Dictionary<MacAddress, SimulatedController> listening = [];
    private readonly LocalInterface local;
    private readonly HashSet<IPAddress> own;
    private readonly int port;
    private bool isStopped;

    /// <summary>Starts with none.</summary>
    /// <param name="local">The interface of the devices.</param>
    /// <param name="port">The port that they listen on.</param>
    public SimulatedControllers(LocalInterface local, int port)
    {
        this.local = local;
        this.port = port;
        own = OwnAddresses();
    }

    /// <summary>Lets a device listen on its present address.</summary>
    /// <param name="device">The device.</param>
    public void Follow(SimulatedIcePap device)
    {
        IPAddress? address = SimulatedController.AddressOf(device.IPAddress, local, own);
        lock (changing)
        {
            if (isStopped || listening.TryGetValue(device.MacAddress, out SimulatedController? before) && before.Address.Equals(address))
            {
                return;
            }

            Close(device.MacAddress);
            if (address is not null && listening.Count < Most && SimulatedController.Start(device, port, address) is { } controller)
            {
                listening[device.MacAddress] = controller;
            }
        }
    }

    /// <summary>Closes the port of a device.</summary>
    /// <param name="device">The device.</param>
    public void Remove(SimulatedIcePap device)
    {
        lock (changing)
        {
            Close(device.MacAddress);
        }
    }

    public void Dispose()
    {
        lock (changing)
        {
            isStopped = true;
            listening.Keys.ToList().ForEach(Close);
        }
    }

    private static HashSet<IPAddress> OwnAddresses()
    {
        try
        {
            return [.. LocalInterface.GetAll().SelectMany(one => one.OtherAddresses.Concat([one.Address]))];
        }
        catch (NetworkInformationException)
        {
            // The system has no handle left for the list.
            return [];
        }
    }

    private void Close(MacAddress device)
    {
        if (listening.TryGetValue(device, out SimulatedController? controller))
        {
            listening.Remove(device);
            controller.Dispose();
        }
    }
}
