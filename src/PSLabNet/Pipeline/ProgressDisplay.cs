using System;
using System.Diagnostics;
using System.Management.Automation;

namespace PSLabNet.Pipeline;

/// <summary>
/// Shows how far work is, with Write-Progress, once it has taken a second. Whether anybody sees it is for
/// <c>$ProgressPreference</c> to say. To be used on the pipeline's thread.
/// </summary>
internal sealed class ProgressDisplay(PSCmdlet cmdlet, Func<TimeSpan, WorkProgress> state) : IDisposable
{
    /// <summary>Time between two records: a bar that is drawn more often only costs.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan next = Patience;

    /// <summary>Is told when it is disposed of.</summary>
    public event Action? Ended;

    /// <summary>Shows the state if it is time to.</summary>
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

    /// <summary>Takes the bar away.</summary>
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
            // Nothing can be written any more; the shell takes the bars of a stopped pipeline away itself.
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
