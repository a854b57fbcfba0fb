using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Simulation.IcePap;

namespace PSLabNet.Benchmarks.Discovery;

/// <summary>Any number of devices in a separate process, so that their cost is not counted with the cost of finding them.</summary>
internal static class Crowd
{
    // The line that reports that the devices listen.
    private const string Ready = "ready";

    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs devices of the simulator, until the input ends.</summary>
    public static void Simulate(int count)
    {
        using IcePapSimulator simulator = IcePapSimulator.Start(Settings(count), new IcePapSimulatorOptions());
        Console.WriteLine(Ready);
        Console.In.ReadToEnd();
    }

    /// <summary>Sends prepared datagrams one after the other on a request, until the input ends.</summary>
    public static void Answer(int count)
    {
        byte[][] answers = [.. Settings(count).Select(settings => IcePapPacketCodec.Encode(
            IcePapPacket.ToDevice(settings.MacAddress, IcePapProtocol.ControllerAddress, 0, IcePapCommand.SEND_CONFIG, settings)))];
        using var group = new BareGroup(Silence);
        var stopped = System.Threading.Tasks.Task.Run(Console.In.ReadToEnd);
        Console.WriteLine(Ready);
        while (!stopped.IsCompleted)
        {
            if (group.Receive().Length == IcePapProtocol.MinPacketSize)
            {
                foreach (byte[] answer in answers)
                {
                    group.Send(answer);
                }
            }
        }
    }

    private static IReadOnlyList<IcePapConfiguration> Settings(int count)
    {
        MacAddress[] addresses = [.. Enumerable.Range(0, count).Select(number => new MacAddress([0, 0x0c, 0xc6, (byte)(number >> 16), (byte)(number >> 8), (byte)number]))];
        string[] names = [.. Enumerable.Range(0, count).Select(number => "ice" + number.ToString(CultureInfo.InvariantCulture))];
        IPAddress[] hosts = [.. Enumerable.Range(0, count).Select(number => new IPAddress([10, (byte)(number / 250 / 250), (byte)(number / 250 % 250), (byte)((number % 250) + 2)]))];
        return SimulatedIcePapFactory.Create(count, addresses, names, hosts);
    }
}
