using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Net;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <summary>
/// Tries several ways to connect. The next begins when one has failed or has taken a while. The first that succeeds
/// wins; the others are stopped and closed.
/// </summary>
internal static class StaggeredConnect
{
    /// <exception cref="Exception">What the first way failed with, if all failed.</exception>
    public static async Task<T> FirstAsync<T>(IReadOnlyList<Func<CancellationToken, Task<T>>> ways, TimeSpan stagger, CancellationToken token)
        where T : class, IDisposable
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var running = new List<Task<T>>();
        Task<T>? failed = null;
        Task<T>? winner = null;
        int next = 0;
        while (winner is null && (next < ways.Count || running.Count > 0))
        {
            if (next < ways.Count)
            {
                running.Add(ways[next++](stop.Token));
            }

            await WaitForOneAsync(running, next < ways.Count ? stagger : Timeout.InfiniteTimeSpan, stop.Token).ConfigureAwait(false);
            for (int index = running.Count - 1; index >= 0 && winner is null; index--)
            {
                Task<T> task = running[index];
                if (task.IsCompleted)
                {
                    running.RemoveAt(index);
                    if (task.Status == TaskStatus.RanToCompletion)
                    {
                        winner = task;
                    }
                    else
                    {
                        failed = Earlier(failed, task);
                    }
                }
            }
        }

        stop.Cancel();
        await CloseAsync(running).ConfigureAwait(false);
        return await (winner ?? failed!).ConfigureAwait(false);
    }

    private static async Task WaitForOneAsync<T>(List<Task<T>> running, TimeSpan limit, CancellationToken token)
    {
        if (limit == Timeout.InfiniteTimeSpan)
        {
            await Task.WhenAny(running).ConfigureAwait(false);
            return;
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(token);
        await Task.WhenAny(Task.WhenAny(running), Task.Delay(limit, timer.Token)).ConfigureAwait(false);
        timer.Cancel();
    }

    // An answer of a peer says more than a missing peer, and both say more than a cancellation. Among equals, the first.
    private static Task<T> Earlier<T>(Task<T>? first, Task<T> second)
    {
        if (first is null || Rank(second) > Rank(first))
        {
            return second;
        }

        second.Abandon();
        return first;
    }

    private static int Rank(Task task) =>
        !task.IsFaulted ? 0 : task.Exception!.InnerException is FlexLmErrorException or FlexLmProtocolException ? 2 : 1;

    private static async Task CloseAsync<T>(List<Task<T>> losers)
        where T : IDisposable
    {
        foreach (Task<T> loser in losers)
        {
            await Task.WhenAny(loser).ConfigureAwait(false);
            if (loser.Status == TaskStatus.RanToCompletion)
            {
                loser.Result.Dispose();
            }
            else
            {
                loser.Abandon();
            }
        }
    }
}
