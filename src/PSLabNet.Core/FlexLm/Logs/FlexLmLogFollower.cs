using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// Follows a debug log that grows and rotates: renamed and made anew, or copied and truncated. A longer copy that takes its
/// place, as rsync or cp make it, is the same log. It looks at the file at intervals and hinders neither its writing nor its
/// renaming nor its deletion. A last line that is half written waits for its end.
/// </summary>
public sealed class FlexLmLogFollower
{
    private readonly string path;
    private readonly FlexLmLogOptions options;

    /// <summary>Makes a follower.</summary>
    /// <param name="path">The log.</param>
    /// <param name="options">How to read it, and what to return; null for everything.</param>
    /// <exception cref="ArgumentNullException">The path is null.</exception>
    public FlexLmLogFollower(string path, FlexLmLogOptions? options = null)
    {
        this.path = path ?? throw new ArgumentNullException(nameof(path));
        this.options = options ?? new FlexLmLogOptions();
    }

    /// <summary>Time between two looks at the file.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Number of lines at the end to begin with, whatever their kind; 0 for new lines only, null for the whole log.</summary>
    public int? Tail { get; init; } = 0;

    /// <summary>
    /// Returns each event as soon as its line is complete, until it is cancelled. If the file is missing, it waits for the file
    /// to come back. Until the first TIMESTAMP, dates are inferred from the time of the file.
    /// </summary>
    /// <param name="onEvent">Receives an event; called by one thread at a time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends as cancelled.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="onEvent"/> is null.</exception>
    /// <exception cref="IOException">The file can't be opened to begin with, or is compressed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task FollowAsync(Action<FlexLmLogEvent> onEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(onEvent);

        using var file = new FollowedFile(path);
        LogParser parser = Open(file);
        while (true)
        {
            await TakeAsync(file, parser, onEvent, cancellationToken).ConfigureAwait(false);
            await Task.Delay(Interval, cancellationToken).ConfigureAwait(false);
            FileChange change = file.Look();
            if (change == FileChange.None)
            {
                continue;
            }

            // What the writer still wrote into the file that is renamed or deleted now, also a last line without its end.
            await TakeAsync(file, parser, onEvent, cancellationToken).ConfigureAwait(false);
            if (change == FileChange.Deleted)
            {
                file.Close();
                continue;
            }

            if (file.TryTakeRest(out TextSlice line) && parser.Read(line, file.Lines.LineNumber) is { } item)
            {
                onEvent(item);
            }

            file.Replace();
        }
    }

    private static async Task TakeAsync(FollowedFile file, LogParser parser, Action<FlexLmLogEvent> onEvent, CancellationToken cancellation)
    {
        try
        {
            do
            {
                while (file.Lines.TryTake(out TextSlice line))
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (parser.Read(line, file.Lines.LineNumber) is { } item)
                    {
                        onEvent(item);
                    }
                }
            }
            while (await file.Lines.FillAsync(cancellation).ConfigureAwait(false));
        }
        catch (IOException)
        {
            // A share that is away for a while: the next look opens the file again if need be.
        }
    }

    private LogParser Open(FollowedFile file)
    {
        DateTime start = default;
        file.Open(stream =>
        {
            long from = Tail is { } lines ? TailStart.Find(stream, lines) : 0;
            start = options.StartDate ?? (from == stream.Length
                ? TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, options.TimeZone).Date
                : FindStart(stream, from));
            return from;
        });
        DateOrigin origin = options.StartDate is null ? DateOrigin.Inferred : DateOrigin.Said;
        return new LogParser(options, options.Source.Length > 0 ? options.Source : path, start, origin);
    }

    private DateTime FindStart(FileStream stream, long from)
    {
        stream.Position = from;
        return StartDate.Find(LineReader.Of(stream), options.TimeZone, File.GetLastWriteTimeUtc(path));
    }
}
