using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Net;

/// <summary>
/// What one receive loop puts in and one reader takes out. Bounded: under a flood the newest items are dropped and
/// counted, so that memory is bounded whatever the network does.
/// </summary>
internal sealed class ReceiveQueue<T> : IDisposable
    where T : class
{
    // The system waits 24 days at most; nobody will see the difference.
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

    /// <summary>Lets the reader fail with this once it has read what is there.</summary>
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

        // Only the failure releases the semaphore without an item. It stays, for whoever asks again.
        available.Release();
        throw failure ?? new ObjectDisposedException(nameof(ReceiveQueue<T>));
    }

    public void Dispose() => available.Dispose();
}
