using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Logging;

namespace PSLabNet.Pipeline;

/// <summary>
/// The base of all cmdlets here: runs asynchronous work and pumps its results, warnings and progress to the pipeline's
/// thread, the only one that may write. Ctrl-C, and a downstream command that needs no more, become a cancellation.
/// </summary>
public abstract partial class LabCmdlet : PSCmdlet, IDisposable
{
    private const int MaxBacklog = 10_000;

    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim backlog = new(MaxBacklog);
    private readonly int pipelineThread = Environment.CurrentManagedThreadId;
    private PipelineLog? log;
    private volatile BlockingCollection<Action>? pumped;
    private ProgressDisplay? progress;

    /// <summary>
    /// Writes what happens on the wire to the warning, verbose and debug streams. Get it on the pipeline's thread; it can be
    /// used on any thread.
    /// </summary>
    private protected ILabLog Log => log ??= new PipelineLog(this);

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    private protected CancellationToken StopToken => stopping.Token;

    /// <summary>Releases the resources of the cmdlet.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ctrl-C.</summary>
    protected override void StopProcessing() => stopping.Cancel();

    /// <summary>Releases the resources of the cmdlet.</summary>
    /// <param name="disposing">True when called by Dispose.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            stopping.Dispose();
            backlog.Dispose();
        }
    }

    /// <summary>
    /// Runs asynchronous work, and meanwhile runs the actions that it posts on this thread, the pipeline's. Only this method
    /// of the module blocks, except for work that waits for it in <see cref="PostInTurn"/>. When it returns or throws, the
    /// work has ended.
    /// </summary>
    /// <param name="work">The work; it receives a token that is cancelled when its results are no longer needed.</param>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    private protected void Pump(Func<CancellationToken, Task> work)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        using var actions = new BlockingCollection<Action>();
        pumped = actions;
        Task task = Task.Run(() => work(enough.Token));
        Task end = task.ContinueWith(
            static (_, queue) => ((BlockingCollection<Action>)queue!).CompleteAdding(), actions,
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        ExceptionDispatchInfo? downstream = null;
        while (!actions.IsCompleted)
        {
            _ = actions.TryTake(out Action? action, progress is null ? Timeout.Infinite : (int)ProgressDisplay.Pause.TotalMilliseconds);
            try
            {
                if (downstream is null && !stopping.IsCancellationRequested)
                {
                    action?.Invoke();
                    progress?.Refresh();
                }
            }
            catch (Exception e)
            {
                // A downstream command needs no more (Select-Object -First), or an error must stop the pipeline. The work
                // ends first, with its sockets. Then the exception is thrown again.
                downstream = ExceptionDispatchInfo.Capture(e);
                enough.Cancel();
            }
        }

        end.GetAwaiter().GetResult();
        pumped = null;
        downstream?.Throw();
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>
    /// Runs an action on the pipeline's thread; any thread may call it. On the pipeline's thread, and if no pump runs, the
    /// action runs at once. If another thread posts when no work is running, the action is too late and is dropped.
    /// </summary>
    private protected void Post(Action action)
    {
        BlockingCollection<Action>? queue = pumped;
        if (queue is null)
        {
            if (Environment.CurrentManagedThreadId == pipelineThread)
            {
                action();
            }

            return;
        }

        try
        {
            queue.Add(action);
        }
        catch (InvalidOperationException)
        {
            // The work ended between the two lines above.
        }
    }

    /// <summary>
    /// Posts one of many actions, and waits if the pipeline is too far behind: a file is read faster than its events are
    /// consumed, and the waiting events would need as much memory as the file. Only for the threads of the work.
    /// </summary>
    /// <param name="action">What to do.</param>
    /// <param name="cancellationToken">The token of the work.</param>
    private protected void PostInTurn(Action action, CancellationToken cancellationToken)
    {
        backlog.Wait(cancellationToken);
        Post(() =>
        {
            _ = backlog.Release();
            action();
        });
    }

    /// <summary>Shows the progress of the work, if it takes more than a second, until the returned object is disposed.</summary>
    /// <param name="state">Returns the progress after a given time; called on the pipeline's thread.</param>
    private protected IDisposable ShowProgress(Func<TimeSpan, WorkProgress> state)
    {
        progress = new ProgressDisplay(this, state);
        progress.Ended += () => progress = null;
        return progress;
    }

    /// <summary>Shows the progress if an update is due; for work on the pipeline's thread itself.</summary>
    private protected void RefreshProgress() => progress?.Refresh();

    /// <summary>Writes an error about one object; the rest goes on.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="target">The object.</param>
    private protected void WriteFailure(Exception exception, object? target) => WriteError(ErrorRecords.ToErrorRecord(exception, target));

    /// <summary>Writes an error whose kind the exception's type does not show; the rest goes on.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="target">The object.</param>
    /// <param name="kind">The kind of error.</param>
    private protected void WriteFailure(Exception exception, object? target, ErrorKind kind) => WriteError(ErrorRecords.ToErrorRecord(exception, target, kind));

    /// <summary>Ends the command because of an error.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="target">The object.</param>
    /// <param name="kind">The kind of error.</param>
    private protected void ThrowFailure(Exception exception, object? target, ErrorKind kind) => ThrowTerminatingError(ErrorRecords.ToErrorRecord(exception, target, kind));

    /// <summary>Ends the command because of an invalid argument, as PowerShell does if an attribute rejects it.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="why">The reason.</param>
    private protected void ThrowInvalidArgument(string parameter, string why) => ThrowTerminatingError(new ErrorRecord(
        new ValidationMetadataException($"Cannot validate argument on parameter '{parameter}'. {why}"),
        "ParameterArgumentValidationError", ErrorCategory.InvalidData, null));

    private bool IsBound(string commonParameter) =>
        MyInvocation.BoundParameters.TryGetValue(commonParameter, out object? bound) && bound is SwitchParameter { IsPresent: true };

    private sealed class PipelineLog(LabCmdlet cmdlet) : ILabByteLog
    {
        // With -Debug alone, PowerShell asks for confirmation of every verbose message. Then these messages go to the debug
        // stream.
        private readonly bool verboseIsDebug = cmdlet.IsBound("Debug") && !cmdlet.MyInvocation.BoundParameters.ContainsKey("Verbose");

        // The preference that WriteDebug itself uses. PowerShell does not expose it, and formatting a line nobody reads doubles the cost of a datagram.
        public bool HearsBytes { get; } = cmdlet.IsBound("Debug")
            || cmdlet.GetVariableValue("DebugPreference") is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

        public void Warning(string message) => cmdlet.Post(() => cmdlet.WriteWarning(message));

        public void Verbose(string message) => cmdlet.Post(() =>
        {
            if (verboseIsDebug)
            {
                cmdlet.WriteDebug(message);
            }
            else
            {
                cmdlet.WriteVerbose(message);
            }
        });

        // In a flood, if the pipeline is too slow, bytes are the first to be dropped.
        public void Bytes(string message, byte[] bytes)
        {
            if (cmdlet.pumped is null or { Count: < MaxBacklog })
            {
                cmdlet.Post(() => cmdlet.WriteDebug($"{message}: {BitConverter.ToString(bytes).Replace('-', ' ')}"));
            }
        }
    }
}
