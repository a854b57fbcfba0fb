using System;
using System.IO;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>What became of a file that is followed.</summary>
internal enum FileChange
{
    /// <summary>It goes on where it was, or is away, or is being copied: there is nothing to do but wait.</summary>
    None,

    /// <summary>There is another log in its place, or the log began anew.</summary>
    Replaced,
}

/// <summary>A log at a path that is followed, whatever becomes of the file there: appended to, renamed, truncated, copied over.</summary>
internal sealed class FollowedFile : IDisposable
{
    private readonly string path;
    private FollowedStream stream = null!;
    private FileStream? next;

    public FollowedFile(string path) => this.path = path;

    public LineReader Lines { get; private set; } = null!;

    /// <summary>Takes the last line of the log that another one replaced, if it has no end. If the log was emptied, nobody gets the line.</summary>
    public bool TryTakeRest(out TextSlice line)
    {
        line = default;
        try
        {
            return !stream.IsLost && Lines.TryTakeRest(out line);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Opens it for the first time.</summary>
    /// <param name="start">Finds where to begin; it leaves the stream anywhere.</param>
    /// <exception cref="IOException">The file can't be opened, or is compressed, so that nothing can be appended to it.</exception>
    public void Open(Func<FileStream, long> start)
    {
        FileStream file = FlexLmLogReader.Open(path);
        try
        {
            if (CompressedLog.Is(file))
            {
                throw new IOException($"'{path}' is compressed. Nothing is appended to such a file, so it can't be followed.");
            }

            long position = start(file);
            stream = new FollowedStream(file);
            stream.StartAt(position);
            Lines = LineReader.Of(stream);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Looks what became of the file. Where it goes on in another file, that one is read from then on.</summary>
    public FileChange Look()
    {
        next?.Dispose();
        next = null;
        try
        {
            next = FlexLmLogReader.Open(path);
            LogContent content = stream.Compare(next);
            if (content == LogContent.Differs)
            {
                return FileChange.Replaced;
            }

            if (content == LogContent.Continues)
            {
                stream.GoOnIn(next);
                next = null;
            }

            return FileChange.None;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In the middle of a rotation, or a share is away.
            return FileChange.None;
        }
    }

    /// <summary>Goes over to the log that is in its place now.</summary>
    public void Replace()
    {
        Lines.Restart();
        stream.BeginWith(next!);
        next = null;
    }

    public void Dispose()
    {
        next?.Dispose();
        Lines?.Dispose();
    }
}
