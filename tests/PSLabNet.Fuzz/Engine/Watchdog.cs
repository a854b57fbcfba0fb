using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading;

namespace PSLabNet.Fuzz.Engine;

/// <summary>The input that a runner is processing, for the watchdog.</summary>
internal sealed class WatchSlot
{
    private long sequence;
    private byte[]? input;

    public required string Target { get; init; }

    public required long Seed { get; init; }

    public long Index { get; private set; }

    public byte[]? Input => Volatile.Read(ref input);

    public long Sequence => Volatile.Read(ref sequence);

    public void Begin(byte[] bytes, long index)
    {
        Index = index;
        Volatile.Write(ref input, bytes);
        Volatile.Write(ref sequence, sequence + 1);
    }

    public void End() => Volatile.Write(ref input, null);
}

/// <summary>A thread that checks the present input of every runner, and reports one that stays at the same input for too long.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly ConcurrentDictionary<WatchSlot, (long Sequence, long Since)> slots = new();
    private readonly ManualResetEventSlim end = new();
    private readonly TimeSpan limit;
    private readonly Action<WatchSlot, byte[]> onHang;
    private readonly Thread thread;

    public Watchdog(TimeSpan limit, Action<WatchSlot, byte[]> onHang)
    {
        this.limit = limit;
        this.onHang = onHang;
        thread = new Thread(Watch) { IsBackground = true, Name = "watchdog", Priority = ThreadPriority.AboveNormal };
        thread.Start();
    }

    public void Add(WatchSlot slot) => slots[slot] = (slot.Sequence, Stopwatch.GetTimestamp());

    public void Remove(WatchSlot slot) => slots.TryRemove(slot, out _);

    public void Dispose()
    {
        end.Set();
        thread.Join();
        end.Dispose();
    }

    private void Watch()
    {
        TimeSpan interval = limit / 20;
        while (!end.Wait(interval))
        {
            foreach ((WatchSlot slot, (long sequence, long since)) in slots)
            {
                byte[]? input = slot.Input;
                if (slot.Sequence != sequence || input is null)
                {
                    slots.TryUpdate(slot, (slot.Sequence, Stopwatch.GetTimestamp()), (sequence, since));
                }
                else if (Stopwatch.GetElapsedTime(since) > limit)
                {
                    Remove(slot);
                    onHang(slot, input);
                }
            }
        }
    }
}
