using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Net;

/// <summary>
/// A queue from receive loops to one reader, bounded in items and in bytes. In a flood it drops items and counts them, so
/// memory is bounded whatever the network sends.
/// </summary>
internal sealed class ReceiveQueue<T> : IDisposable
    where T : class
{
    // The system can wait for 24 days at most, which is long enough.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly ConcurrentQueue<T> items = new();
    private readonly SemaphoreSlim available = new(0);
    private readonly int capacity;
    private readonly long maxBytes;
    private readonly Func<T, int>? sizeOf;
    private readonly QueueOverflow overflow;
    private long bytes;
    private long dropped;
    private volatile Exception? failure;

    /// <summary>Creates a queue that is bounded only in items, and drops the newest.</summary>
    /// <param name="capacity">Maximum number of waiting items.</param>
    public ReceiveQueue(int capacity)
        : this(capacity, long.MaxValue, null, QueueOverflow.DropNewest)
    {
    }

    /// <summary>Creates a queue that is bounded in items and in bytes.</summary>
    /// <param name="capacity">Maximum number of waiting items.</param>
    /// <param name="maxBytes">Maximum number of bytes of all waiting items.</param>
    /// <param name="sizeOf">The size of an item in bytes; null if bytes do not count.</param>
    /// <param name="overflow">What is dropped when the queue is full.</param>
    public ReceiveQueue(int capacity, long maxBytes, Func<T, int>? sizeOf, QueueOverflow overflow)
    {
        this.capacity = capacity;
        this.maxBytes = maxBytes;
        this.sizeOf = sizeOf;
        this.overflow = overflow;
    }

    /// <summary>Number of items that were dropped because the queue was full.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Adds an item, or drops one.</summary>
    /// <param name="item">The item.</param>
    public void Enqueue(T item)
    {
        int size = SizeOf(item);
        while (available.CurrentCount >= capacity || Interlocked.Read(ref bytes) + size > maxBytes)
        {
            if (overflow == QueueOverflow.DropNewest)
            {
                Interlocked.Increment(ref dropped);
                return;
            }

            if (!TryDropOldest())
            {
                break;
            }
        }

        Interlocked.Add(ref bytes, size);
        items.Enqueue(item);
        available.Release();
    }

    /// <summary>Makes the reader fail with this exception after it has read all items.</summary>
    public void Fail(Exception exception)
    {
        failure = exception;
        available.Release();
    }

    /// <summary>Returns the next item, or null if none arrived within the limit.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<T?> DequeueAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        TimeSpan wait = limit < LongestWait ? limit : LongestWait;
        if (wait < TimeSpan.Zero || !await available.WaitAsync(wait, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        if (TryTake(out T? item))
        {
            return item;
        }

        // Only the failure releases the semaphore without an item. It remains for the next call.
        available.Release();
        throw failure ?? new ObjectDisposedException(nameof(ReceiveQueue<T>));
    }

    public void Dispose() => available.Dispose();

    private int SizeOf(T item) => sizeOf?.Invoke(item) ?? 0;

    private bool TryTake(out T? item)
    {
        if (!items.TryDequeue(out item))
        {
            return false;
        }

        Interlocked.Add(ref bytes, -SizeOf(item));
        return true;
    }

    // The reader may remove the oldest item at the same time; then there is room too.
    private bool TryDropOldest()
    {
        if (!available.Wait(0))
        {
            return false;
        }

        if (TryTake(out _))
        {
            Interlocked.Increment(ref dropped);
            return true;
        }

        available.Release();
        return false;
    }
}
