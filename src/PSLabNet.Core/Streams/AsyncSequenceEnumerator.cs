using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Streams;

/// <summary>Reads an <see cref="AsyncSequence{T}"/>. Not safe for several readers at once.</summary>
/// <typeparam name="T">Type of a result.</typeparam>
#pragma warning disable CA1001 // What it owns is disposed by DisposeAsync, for which netstandard2.0 has no interface.
public sealed partial class AsyncSequenceEnumerator<T>
#pragma warning restore CA1001
{
    private readonly Func<AsyncSequenceEnumerator<T>, CancellationToken, Task> work;
    private readonly CancellationTokenSource stop;
    private readonly CancellationToken stopped;
    private readonly ConcurrentQueue<T> results = new();

    // One count for each result in the queue, and one for the end of the work, which remains.
    private readonly SemaphoreSlim available = new(0);
    private readonly SemaphoreSlim taken = new(0);
    private Task? running;
    private bool isDisposed;

    internal AsyncSequenceEnumerator(Func<AsyncSequenceEnumerator<T>, CancellationToken, Task> work, CancellationTokenSource stop)
    {
        this.work = work;
        this.stop = stop;
        stopped = stop.Token;
    }

    /// <summary>The result that <see cref="MoveNextAsync"/> has found.</summary>
    public T Current { get; private set; } = default!;

    /// <summary>Waits for the next result. The first call starts the work, on the caller's thread until its first wait.</summary>
    /// <returns>False if the work has ended and no result is left. An error of the work is thrown instead.</returns>
    /// <exception cref="OperationCanceledException">A token was cancelled. Results that were not read by then are dropped.</exception>
    public async Task<bool> MoveNextAsync()
    {
        running ??= RunAsync();
        await available.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        if (!stopped.IsCancellationRequested && results.TryDequeue(out T? result))
        {
            Current = result;
            taken.Release();
            return true;
        }

        available.Release();
        await running.ConfigureAwait(false);
        stopped.ThrowIfCancellationRequested();
        return false;
    }

    /// <summary>Ends the work, and waits until its sockets are closed.</summary>
    /// <returns>A task that ends with the work. It does not fail: an error that was not read is dropped with the results.</returns>
    public async Task DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        stop.Cancel();
        if (running is not null)
        {
            // Does not throw, however the work ended.
            await Task.WhenAny(running).ConfigureAwait(false);
            _ = running.Exception;
        }

        stop.Dispose();
        available.Dispose();
        taken.Dispose();
    }

    /// <summary>Passes a result to the reader. It never waits: a slow reader does not delay the work.</summary>
    internal void Add(T result)
    {
        results.Enqueue(result);
        available.Release();
    }

    /// <summary>Waits until the reader has consumed one more result, for work that would otherwise fill the memory.</summary>
    internal Task WaitUntilTakenAsync() => taken.WaitAsync(stopped);

    private async Task RunAsync()
    {
        try
        {
            stopped.ThrowIfCancellationRequested();
            await work(this, stopped).ConfigureAwait(false);
        }
        finally
        {
            available.Release();
        }
    }
}
