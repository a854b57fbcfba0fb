using System;
using System.Diagnostics;
using System.Management.Automation;

namespace PSLabNet.Pipeline;

/// <summary>
/// Shows the progress of work with Write-Progress, when it has taken a second. <c>$ProgressPreference</c> decides whether it
/// is visible. Use it on the pipeline's thread.
/// </summary>
internal sealed class ProgressDisplay(PSCmdlet cmdlet, Func<TimeSpan, WorkProgress> state) : IDisposable
{
    /// <summary>Time between two records: drawing the bar more often only costs time.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan next = Patience;

    /// <summary>Raised when this object is disposed.</summary>
    public event Action? Ended;

    /// <summary>Shows the state if an update is due.</summary>
    public void Refresh()
    {
        TimeSpan elapsed = clock.Elapsed;
        if (elapsed < next)
        {
            return;
        }

        next = elapsed + Pause;
        WorkProgress progress = state(elapsed);
        cmdlet.WriteProgress(Record(progress.Status, ProgressRecordType.Processing, progress));
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose()
    {
        Ended?.Invoke();
        if (next == Patience)
        {
            return;
        }

        try
        {
            cmdlet.WriteProgress(Record("Done", ProgressRecordType.Completed, null));
        }
        catch (PipelineStoppedException)
        {
            // Nothing can be written any more; the shell itself removes the bars of a stopped pipeline.
        }
    }

    private ProgressRecord Record(string status, ProgressRecordType type, WorkProgress? progress) =>
        new(1, cmdlet.MyInvocation.MyCommand.Name, status)
        {
            RecordType = type,
            PercentComplete = progress is null ? -1 : (int)Math.Min(100, 100 * progress.Done),
            SecondsRemaining = progress?.Left is { } left ? (int)Math.Ceiling(left.TotalSeconds) : -1,
        };
}
