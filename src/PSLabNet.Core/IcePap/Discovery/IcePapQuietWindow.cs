using System;

namespace PSLabNet.IcePap.Discovery;

/// <summary>When to ask again and when to stop listening, in times since the beginning.</summary>
internal sealed class IcePapQuietWindow
{
    // While nobody answers, all questions may be lost. Over a link that loses 30 %, six are all lost once in 1,400
    // searches, and twelve not once in a million. So the questions are twice as many in the same time if the caller wants
    // as many repetitions as only a lossy network needs. A caller who wants one or two gets just these.
    private const int SilentFactor = 2;
    private const int ManyRepetitions = 3;

    // Longer than the scheduler of a busy system delays a process.
    private static readonly TimeSpan HeldUp = TimeSpan.FromMilliseconds(50);

    // Where the process is held up all the time, the listening ends nevertheless.
    private const int MostForgiven = 5;

    private readonly IcePapTiming timing;
    private TimeSpan since;
    private TimeSpan forgiven;
    private bool isSilent = true;

    public IcePapQuietWindow(IcePapTiming timing) => this.timing = timing;

    /// <summary>How often the question is to be repeated, by the loss that was seen.</summary>
    public int Repetitions { get; set; }

    /// <summary>Questions in this window.</summary>
    public int Asked { get; set; }

    private bool IsDoubled => isSilent && timing.Retry >= ManyRepetitions;

    private int MostAsked => IsDoubled ? SilentFactor * (timing.Retry + 1) : Repetitions + 1;

    private TimeSpan Between => IsDoubled ? TimeSpan.FromTicks(timing.Between.Ticks / SilentFactor) : timing.Between;

    // As long as was asked for, and longer only by the repetitions that a lossy network needs.
    private TimeSpan Length => timing.Quiet + TimeSpan.FromTicks(timing.Between.Ticks * (Repetitions - timing.Retry));

    public bool IsRequestDue(TimeSpan now) => Asked < MostAsked && (now - since).Ticks >= Between.Ticks * Asked;

    public bool IsOver(TimeSpan now) => now - since >= Length;

    /// <summary>How long until the next question, or until the end.</summary>
    public TimeSpan UntilNext(TimeSpan now)
    {
        TimeSpan next = since + (Asked < MostAsked ? TimeSpan.FromTicks(Between.Ticks * Asked) : Length) - now;
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }

    /// <summary>Somebody has answered: from now on the questions come as often as was asked for.</summary>
    public void BreakSilence(TimeSpan now)
    {
        if (isSilent)
        {
            isSilent = false;
            Asked = 1 + (int)((now - since).Ticks / timing.Between.Ticks);
        }
    }

    /// <summary>Something new came: the window starts afresh, and the question that it answers was the first one.</summary>
    public void Restart(TimeSpan now)
    {
        since = now;
        Asked = 1;
    }

    /// <summary>
    /// Does not count a step in which the process was held up: nobody listened then, and the system still holds the
    /// datagrams that came meanwhile.
    /// </summary>
    /// <param name="step">How long a step took.</param>
    /// <param name="waited">How much of it was waiting, as it was meant to.</param>
    public void Forgive(TimeSpan step, TimeSpan waited)
    {
        if (step - waited > HeldUp && forgiven < TimeSpan.FromTicks(timing.Quiet.Ticks * MostForgiven))
        {
            since += step;
            forgiven += step;
        }
    }
}
