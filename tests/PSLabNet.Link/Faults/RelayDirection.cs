using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Link.Faults;

/// <summary>Forwards frames from one raw socket to another, and applies the faults.</summary>
internal sealed class RelayDirection : IDisposable
{
    // Long enough for the next frames to pass, and short compared with any time limit.
    private const double HoldBackMs = 20;

    private const int MaxFrameSize = 65536;

    private readonly Socket from;
    private readonly Socket to;
    private readonly object changing = new();
    private readonly PriorityQueue<byte[], (long Due, long Number)> waiting = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Thread sender;
    private readonly Task reader;
    private LinkFaults faults = new();
    private Random random = new();
    private long frames;
    private long lost;
    private long duplicated;
    private long overtaken;
    private long overrun;
    private long icePapPassed;
    private long number;

    public RelayDirection(Socket from, Socket to)
    {
        this.from = from;
        this.to = to;
        sender = new Thread(SendWhenDue) { IsBackground = true };
        sender.Start();
        reader = Task.Run(ReadAsync);
    }

    public void Set(LinkFaults wanted)
    {
        lock (changing)
        {
            faults = wanted;
        }
    }

    public void Reseed(int seed)
    {
        lock (changing)
        {
            random = new Random(seed);
        }
    }

    public LinkCounters Count()
    {
        lock (changing)
        {
            overrun += PacketSocket.TakeOverruns(from);
            return new LinkCounters(frames, lost, duplicated, overtaken, overrun, icePapPassed);
        }
    }

    public void Dispose()
    {
        stopping.Cancel();
        lock (changing)
        {
            Monitor.Pulse(changing);
        }

        sender.Join();
        reader.Wait();
        stopping.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[MaxFrameSize];
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                int length = await from.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, stopping.Token).ConfigureAwait(false);
                Take(buffer.AsSpan(0, length));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // The interface went down. This is reported once, and frames arrive again when it is up.
            }
        }
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        lock (changing)
        {
            frames++;
            if (Happens(faults.Loss))
            {
                lost++;
                return;
            }

            Schedule(frame);
            if (Happens(faults.Duplicate))
            {
                duplicated++;
                Schedule(frame);
            }
        }
    }

    private bool Happens(double percent) => percent > 0 && random.NextDouble() * 100 < percent;

    private void Schedule(ReadOnlySpan<byte> frame)
    {
        double wait = faults.Delay + (faults.Jitter * ((2 * random.NextDouble()) - 1));
        if (Happens(faults.Reorder))
        {
            overtaken++;
            wait += HoldBackMs;
        }

        if (wait <= 0)
        {
            Send(frame);
            return;
        }

        long due = Environment.TickCount64 + (long)Math.Ceiling(wait);
        waiting.Enqueue(frame.ToArray(), (due, number++));
        Monitor.Pulse(changing);
    }

    private void SendWhenDue()
    {
        lock (changing)
        {
            while (!stopping.IsCancellationRequested)
            {
                if (!waiting.TryPeek(out byte[]? frame, out (long Due, long Number) first))
                {
                    Monitor.Wait(changing);
                    continue;
                }

                long left = first.Due - Environment.TickCount64;
                if (left > 0)
                {
                    Monitor.Wait(changing, (int)left);
                    continue;
                }

                waiting.Dequeue();
                Send(frame);
            }
        }
    }

    private void Send(ReadOnlySpan<byte> frame)
    {
        try
        {
            to.Send(frame);
            icePapPassed += EthernetFrame.IsIcePap(frame) ? 1 : 0;
        }
        catch (SocketException)
        {
            // The interface is down: frames to it are lost, as on a cable that was pulled.
        }
    }
}
