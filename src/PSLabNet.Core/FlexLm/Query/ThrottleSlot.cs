using System;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;

namespace PSLabNet.FlexLm.Query;

/// <summary>
/// A place among the servers that are asked at the same time, with a query in it. The place is held until the query has closed
/// its connections. A silent query can be given up, to be made again later.
/// </summary>
internal sealed class ThrottleSlot
{
    private readonly TaskCompletionSource<bool> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int state = (int)State.Silent;

    public ThrottleSlot(FlexLmQueryOptions options) => Options = options with { OnAnswer = NoteAnswer };

    private enum State
    {
        Silent,
        Answered,
        GivenUp,
    }

    /// <summary>The options for the query, with which it notes its first answer here.</summary>
    public FlexLmQueryOptions Options { get; }

    /// <summary>Waits for the first answer or the end of the query, but not long.</summary>
    /// <returns>True if neither came.</returns>
    public async Task<bool> IsSilentAsync(Task running)
    {
        using var timer = new CancellationTokenSource();
        Task limit = Task.Delay(QueryLimits.SilentServer, timer.Token);
        Task first = await Task.WhenAny(running, answered.Task, limit).ConfigureAwait(false);
        timer.Cancel();
        return first == limit;
    }

    /// <summary>Gives the query up, so that it takes no answer any more.</summary>
    /// <returns>False if an answer has come.</returns>
    public bool TryGiveUp() => Interlocked.CompareExchange(ref state, (int)State.GivenUp, (int)State.Silent) == (int)State.Silent;

    private void NoteAnswer()
    {
        if (Interlocked.CompareExchange(ref state, (int)State.Answered, (int)State.Silent) == (int)State.GivenUp)
        {
            throw new OperationCanceledException();
        }

        answered.TrySetResult(true);
    }
}
