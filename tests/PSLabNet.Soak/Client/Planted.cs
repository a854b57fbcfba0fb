using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Transport;
using PSLabNet.Logging;
using PSLabNet.Net;

namespace PSLabNet.Soak.Client;

/// <summary>The faults that <c>--leak</c> plants: the errors of a broken client.</summary>
internal sealed class Planted(Leak leak)
{
    private const int KeptBytes = 64 * 1024;
    private const int MostThreads = 200;

    // A thread that waits for it waits as long as the process lives.
    private static readonly ManualResetEventSlim Never = new();

    private readonly List<object> kept = [];
    private int turn;

    /// <summary>True for every third operation, for the faults that are not about resources.</summary>
    public bool IsHit(Leak wanted) => leak == wanted && Interlocked.Increment(ref turn) % 3 == 0;

    public void AfterUpdate()
    {
        switch (leak)
        {
            case Leak.Handles:
                Keep(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
                break;
            case Leak.Memory:
                Keep(new byte[KeptBytes]);
                break;
            case Leak.Tasks when kept.Count < MostThreads:
                var thread = new Thread(Never.Wait) { IsBackground = true };
                thread.Start();
                Keep(thread);
                break;
            default:
                break;
        }
    }

    /// <summary>Sends settings again without counting them.</summary>
    public void SendAgain(IcePapPlannedUpdate update, LocalInterface local)
    {
        if (IsHit(Leak.Twice))
        {
            using IcePapTransport transport = IcePapTransport.Open([local], LabLog.None);
            transport.Send(IcePapPacket.ToDevice(IcePapProtocol.ControllerAddress, update.Device.MacAddress, 1, IcePapCommand.UPDATE_CONFIG, update.Configuration), local);
        }
    }

    private void Keep(object one)
    {
        lock (kept)
        {
            kept.Add(one);
        }
    }
}
