using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Net;

/// <summary>
/// A queue from one receive loop to one reader. In a flood it drops and counts the newest items, so memory is bounded.
/// </summary>
internal sealed class ReceiveQueue<T> : IDisposable
    where T : class
{
    // The system can wait for 24 days at most, which is long enough.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly ConcurrentQueue<T> items = new();
    private readonly SemaphoreSlim available = new(0);
    private readonly int capacity;
    private long dropped;
    private volatile Exception? failure;

    public ReceiveQueue(int capacity) => this.capacity = capacity;

    public long Dropped => Interlocked.Read(ref dropped);

    public void Enqueue(T item)
    {
        if (available.CurrentCount >= capacity)
        {
            Interlocked.Increment(ref dropped);
            return;
        }

        items.Enqueue(item);
        available.Release();
    }

    /// <summary>Makes the reader fail with this exception after it has read all items.</summary>
    public void Fail(Exception exception)
    {
        failure = exception;
        available.Release();
    }

    /// <summary>The next item, or null when none came within the limit.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<T?> DequeueAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        TimeSpan wait = limit < LongestWait ? limit : LongestWait;
        if (wait < TimeSpan.Zero || !await available.WaitAsync(wait, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        if (items.TryDequeue(out T? item))
        {
            return item;
        }

        // Only the failure releases the semaphore without an item. It stays for the next call.
        available.Release();
        throw failure ?? new ObjectDisposedException(nameof(ReceiveQueue<T>));
    }

    public void Dispose() => available.Dispose();
}
