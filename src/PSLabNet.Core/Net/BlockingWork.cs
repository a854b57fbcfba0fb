using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Net;

/// <summary>
/// Calls of the system that block and can't be stopped, such as the look-up of a name, for many items: on threads of its own, since
/// blocked threads of the pool would hold up everything else. What is not done in time is abandoned.
/// </summary>
/// <typeparam name="T">What a call is for.</typeparam>
internal sealed class BlockingWork<T> : IDisposable
{
    private const int MostThreads = 32;

    private readonly ConcurrentQueue<T> queue;
    private readonly Action<T> call;
    private readonly Task all;
    private volatile bool isOver;

    /// <summary>Starts.</summary>
    /// <param name="items">The items.</param>
    /// <param name="call">The call for one item; several run at the same time.</param>
    public BlockingWork(IReadOnlyCollection<T> items, Action<T> call)
    {
        queue = new ConcurrentQueue<T>(items);
        this.call = call;
        all = Task.WhenAll(Enumerable.Range(0, Math.Min(MostThreads, items.Count)).Select(_ =>
            Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    /// <summary>Waits until everything is done or the time is over.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (await Task.WhenAny(all, Task.Delay(limit, end.Token)).ConfigureAwait(false) == all)
        {
            end.Cancel();
            await all.ConfigureAwait(false);
            return;
        }

        isOver = true;
        all.Abandon();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Starts no more calls. Those that run end by themselves.</summary>
    public void Dispose() => isOver = true;

    private void Run()
    {
        while (!isOver && queue.TryDequeue(out T? item))
        {
            call(item);
        }
    }
}
