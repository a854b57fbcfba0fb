using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;

namespace PSLabNet.FlexLm.Query;

/// <summary>A place among the servers that are asked at the same time; given up early by a server that stays silent.</summary>
internal sealed class ThrottleSlot
{
    private readonly SemaphoreSlim places;
    private readonly TaskCompletionSource<bool> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int isLeft;

    public ThrottleSlot(SemaphoreSlim places, FlexLmQueryOptions options)
    {
        this.places = places;
        Options = options with { OnAnswer = () => answered.TrySetResult(true) };
    }

    public FlexLmQueryOptions Options { get; }

    /// <summary>Waits for the first answer, or for the end; leaves if neither comes soon.</summary>
    public async Task WatchAsync(Task running)
    {
        using var timer = new CancellationTokenSource();
        Task limit = Task.Delay(QueryLimits.SilentServer, timer.Token);
        if (await Task.WhenAny(running, answered.Task, limit).ConfigureAwait(false) == limit)
        {
            Leave();
        }

        timer.Cancel();
    }

    public void Leave()
    {
        if (Interlocked.Exchange(ref isLeft, 1) == 0)
        {
            places.Release();
        }
    }
}
