using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Logging;

namespace PSLabNet.Pipeline;

/// <summary>
/// What every cmdlet here shares: asynchronous work whose results, warnings and progress are pumped to the pipeline's
/// thread, the only one that may write. Ctrl-C, and a downstream command that has had enough, become a cancellation.
/// </summary>
public abstract class LabCmdlet : PSCmdlet, IDisposable
{
    private const int MaxBacklog = 10_000;

    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim backlog = new(MaxBacklog);
    private readonly int pipelineThread = Environment.CurrentManagedThreadId;
    private PipelineLog? log;
    private volatile BlockingCollection<Action>? pumped;
    private ProgressDisplay? progress;

    /// <summary>
    /// Writes what happens on the wire to the warning, verbose and debug streams. To be asked for on the pipeline's
    /// thread, to be used on any.
    /// </summary>
    private protected ILabLog Log => log ??= new PipelineLog(this);

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    private protected CancellationToken StopToken => stopping.Token;

    /// <summary>Frees what the cmdlet holds.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ctrl-C.</summary>
    protected override void StopProcessing() => stopping.Cancel();

    /// <summary>Frees what the cmdlet holds.</summary>
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
    /// Runs asynchronous work, and meanwhile does on this thread, the pipeline's, what it posts. This is the only place
    /// of the module that blocks, but for work that waits for it in <see cref="PostInTurn"/>. When it returns or throws, the
    /// work has ended.
    /// </summary>
    /// <param name="work">The work; it is given a token that is cancelled when nobody wants its results any more.</param>
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
                // Somebody downstream has enough (Select-Object -First), or an error is to stop the pipeline. The work
                // ends first, with its sockets, and then the pipeline goes where it wanted.
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
    /// Has something done on the pipeline's thread; for any thread. On that thread itself and outside of a pump it is done
    /// at once; what another thread posts when no work is under way is a straggler's and is dropped.
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
    /// Posts what the work has many of, and waits where the pipeline is too far behind: a file is read faster than its
    /// events are taken, and what waits would be as large as the file. For the threads of the work only.
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

    /// <summary>Shows how far the work is, if it takes more than a second, until what is returned is disposed of.</summary>
    /// <param name="state">Says how far it is after that time; asked on the pipeline's thread.</param>
    private protected IDisposable ShowProgress(Func<TimeSpan, WorkProgress> state)
    {
        progress = new ProgressDisplay(this, state);
        progress.Ended += () => progress = null;
        return progress;
    }

    /// <summary>Shows the progress if it is time to; for work that is done on the pipeline's thread itself.</summary>
    private protected void RefreshProgress() => progress?.Refresh();

    /// <summary>Writes an error about one thing, and lets the rest go on.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="target">The thing.</param>
    private protected void WriteFailure(Exception exception, object? target) => WriteError(ErrorRecords.ToErrorRecord(exception, target));

    /// <summary>Writes an error of a kind that the exception's type does not tell, and lets the rest go on.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="target">The thing.</param>
    /// <param name="kind">The kind of error.</param>
    private protected void WriteFailure(Exception exception, object? target, ErrorKind kind) => WriteError(ErrorRecords.ToErrorRecord(exception, target, kind));

    /// <summary>Ends the command over what it can't do.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="target">The thing.</param>
    /// <param name="kind">The kind of error.</param>
    private protected void ThrowFailure(Exception exception, object? target, ErrorKind kind) => ThrowTerminatingError(ErrorRecords.ToErrorRecord(exception, target, kind));

    /// <summary>Ends the command over an argument that was typed, as PowerShell does where an attribute refuses it.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="why">What is wrong with it.</param>
    private protected void ThrowInvalidArgument(string parameter, string why) => ThrowTerminatingError(new ErrorRecord(
        new ValidationMetadataException($"Cannot validate argument on parameter '{parameter}'. {why}"),
        "ParameterArgumentValidationError", ErrorCategory.InvalidData, null));

    private bool IsBound(string commonParameter) =>
        MyInvocation.BoundParameters.TryGetValue(commonParameter, out object? bound) && bound is SwitchParameter { IsPresent: true };

    private sealed class PipelineLog(LabCmdlet cmdlet) : ILabByteLog
    {
        // With -Debug alone PowerShell asks for confirmation of every verbose message; they go where they were asked for.
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

        // Under a flood, when the pipeline can't keep up, bytes are the first to be left out.
        public void Bytes(string message, byte[] bytes)
        {
            if (cmdlet.pumped is null or { Count: < MaxBacklog })
            {
                cmdlet.Post(() => cmdlet.WriteDebug($"{message}: {BitConverter.ToString(bytes).Replace('-', ' ')}"));
            }
        }
    }
}
