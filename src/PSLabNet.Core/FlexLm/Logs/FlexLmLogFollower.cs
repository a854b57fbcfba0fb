using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// Follows a debug log that grows and rotates: renamed and made anew, or copied and truncated. It looks at the file at
/// intervals and hinders neither its writing nor its renaming. A last line that is half written waits for its end.
/// </summary>
public sealed class FlexLmLogFollower
{
    private readonly string path;
    private readonly FlexLmLogOptions options;

    /// <summary>Makes a follower.</summary>
    /// <param name="path">The log.</param>
    /// <param name="options">How it is read, and what is wanted; null for all.</param>
    /// <exception cref="ArgumentNullException">The path is null.</exception>
    public FlexLmLogFollower(string path, FlexLmLogOptions? options = null)
    {
        this.path = path ?? throw new ArgumentNullException(nameof(path));
        this.options = options ?? new FlexLmLogOptions();
    }

    /// <summary>Time between two looks at the file.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Number of lines at the end to begin with, whether wanted or not; 0 for new lines only, null for the whole log.</summary>
    public int? Tail { get; init; } = 0;

    /// <summary>
    /// Gives each event as soon as its line is whole, until it is cancelled. If the file is gone, it waits for it to come
    /// back. Dates that no line says follow from the time of the file; so until the first TIMESTAMP, they are inferred.
    /// </summary>
    /// <param name="onEvent">Takes an event; called by one thread at a time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends as cancelled.</returns>
    /// <exception cref="ArgumentNullException">There is none to take the events.</exception>
    /// <exception cref="IOException">The file can't be opened to begin with.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task FollowAsync(Action<FlexLmLogEvent> onEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(onEvent);

        using var file = new FollowedFile(path);
        file.Open();
        LogParser parser = Begin(file);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (await TakeAsync(file, parser, onEvent, cancellationToken).ConfigureAwait(false))
            {
                // Until there is nothing more for now.
            }

            await Task.Delay(Interval, cancellationToken).ConfigureAwait(false);
            switch (file.Look())
            {
                case FileChange.Truncated:
                    file.Restart();
                    break;
                case FileChange.Replaced:
                    await DrainAsync(file, parser, onEvent, cancellationToken).ConfigureAwait(false);
                    file.Replace();
                    break;
                default:
                    break;
            }
        }
    }

    private static async Task<bool> TakeAsync(FollowedFile file, LogParser parser, Action<FlexLmLogEvent> onEvent, CancellationToken cancellation)
    {
        while (file.Lines.TryTake(out TextSlice line))
        {
            if (parser.Read(line, file.Lines.LineNumber) is { } item)
            {
                onEvent(item);
                cancellation.ThrowIfCancellationRequested();
            }
        }

        try
        {
            if (!await file.Lines.FillAsync(cancellation).ConfigureAwait(false))
            {
                return false;
            }

            if (file.WasTruncated())
            {
                // Just now: what was read is from the middle of what is there since.
                file.Restart();
            }

            return true;
        }
        catch (IOException)
        {
            // A share that is away for a while: the next look opens the file again if need be.
            return false;
        }
    }

    // What the writer still wrote into the file that is renamed now, also a last line without its end.
    private static async Task DrainAsync(FollowedFile file, LogParser parser, Action<FlexLmLogEvent> onEvent, CancellationToken cancellation)
    {
        while (await TakeAsync(file, parser, onEvent, cancellation).ConfigureAwait(false))
        {
            // Until its end.
        }

        if (file.Lines.TryTakeRest(out TextSlice line) && parser.Read(line, file.Lines.LineNumber) is { } item)
        {
            onEvent(item);
        }
    }

    private DateTime FindStart(Stream stream, DateTime lastWrite)
    {
        long position = stream.Position;
        DateTime start = StartDate.Find(LineReader.Of(stream), options.TimeZone, lastWrite);
        stream.Position = position;
        return start;
    }

    private LogParser Begin(FollowedFile file)
    {
        long from = Tail is { } lines ? TailStart.Find(file.Stream, lines) : 0;
        file.Stream.Position = from;
        DateTime lastWrite = File.GetLastWriteTimeUtc(path);
        DateTime start = options.StartDate ?? (from == file.Stream.Length
            ? TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, options.TimeZone).Date
            : FindStart(file.Stream, lastWrite));
        DateOrigin origin = options.StartDate is null ? DateOrigin.Inferred : DateOrigin.Said;
        return new LogParser(options, options.Source.Length > 0 ? options.Source : path, start, origin);
    }
}
