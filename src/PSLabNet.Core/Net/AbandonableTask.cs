using System;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Net;

/// <summary>Tasks that cannot be cancelled, such as the look-up of a name: a caller waits for them, or abandons them.</summary>
internal static class AbandonableTask
{
    /// <summary>Waits for a task until the token is cancelled. Then it abandons the task and observes its exception.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static async Task WaitOrAbandonAsync(this Task task, CancellationToken token)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (token.Register(() => cancelled.TrySetResult(true)))
        {
            if (await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false) != task)
            {
                task.Abandon();
                throw new OperationCanceledException(token);
            }
        }
    }

    /// <summary>Abandons a task and observes its exception, so that the runtime does not report it.</summary>
    public static void Abandon(this Task task) =>
        task.ContinueWith(
            done => _ = done.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
