using System;

namespace PSLabNet.IcePap.Discovery;

/// <summary>Decides when to repeat the request and when to stop listening. Times are measured from the beginning.</summary>
internal sealed class IcePapQuietWindow
{
    // While nobody answers, all requests may be lost. On a link that loses 30 %, six requests are all lost once in 1,400
    // searches, and twelve less than once in a million. So twice as many requests are sent in the same time if the caller
    // wants as many repetitions as only a lossy network needs. If the caller wants one or two, exactly that many are sent.
    private const int SilentFactor = 2;
    private const int ManyRepetitions = 3;

    // Longer than the scheduler of a busy system delays a process.
    private static readonly TimeSpan HeldUp = TimeSpan.FromMilliseconds(50);

    // If the process is delayed all the time, listening must still end.
    private const int MostForgiven = 5;

    private readonly IcePapTiming timing;
    private TimeSpan since;
    private TimeSpan forgiven;
    private bool isSilent = true;

    public IcePapQuietWindow(IcePapTiming timing) => this.timing = timing;

    /// <summary>Number of repetitions of the request, adapted to the measured loss.</summary>
    public int Repetitions { get; set; }

    /// <summary>Number of requests in this window.</summary>
    public int Asked { get; set; }

    private bool IsDoubled => isSilent && timing.Retry >= ManyRepetitions;

    private int MostAsked => IsDoubled ? SilentFactor * (timing.Retry + 1) : Repetitions + 1;

    private TimeSpan Between => IsDoubled ? TimeSpan.FromTicks(timing.Between.Ticks / SilentFactor) : timing.Between;

    // The requested time. It is longer only for the additional repetitions that a lossy network needs.
    private TimeSpan Length => timing.Quiet + TimeSpan.FromTicks(timing.Between.Ticks * (Repetitions - timing.Retry));

    public bool IsRequestDue(TimeSpan now) => Asked < MostAsked && (now - since).Ticks >= Between.Ticks * Asked;

    public bool IsOver(TimeSpan now) => now - since >= Length;

    /// <summary>Time until the next request, or until the end.</summary>
    public TimeSpan UntilNext(TimeSpan now)
    {
        TimeSpan next = since + (Asked < MostAsked ? TimeSpan.FromTicks(Between.Ticks * Asked) : Length) - now;
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }

    /// <summary>A device has answered: from now on requests are sent at the requested rate.</summary>
    public void BreakSilence(TimeSpan now)
    {
        if (isSilent)
        {
            isSilent = false;
            Asked = 1 + (int)((now - since).Ticks / timing.Between.Ticks);
        }
    }

    /// <summary>A new answer was received: the window restarts, and the request that it answers counts as the first.</summary>
    public void Restart(TimeSpan now)
    {
        since = now;
        Asked = 1;
    }

    /// <summary>
    /// Does not count a step in which the process was delayed: it did not listen then, and the system still holds the
    /// datagrams that arrived in that time.
    /// </summary>
    /// <param name="step">Duration of the step.</param>
    /// <param name="waited">The part of it that was an intended wait.</param>
    public void Forgive(TimeSpan step, TimeSpan waited)
    {
        if (step - waited > HeldUp && forgiven < TimeSpan.FromTicks(timing.Quiet.Ticks * MostForgiven))
        {
            since += step;
            forgiven += step;
        }
    }
}
