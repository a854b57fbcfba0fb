using System;
using System.IO;
using System.Runtime.InteropServices;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>What became of a file that is followed.</summary>
internal enum FileChange
{
    /// <summary>It goes on where it was, or is away, or is being copied: there is nothing to do but wait.</summary>
    None,

    /// <summary>There is another log in its place, or the log began anew.</summary>
    Replaced,

    /// <summary>It was deleted, and its name is blocked until everybody has closed it (Windows).</summary>
    Deleted,
}

/// <summary>A log at a path that is followed, whatever becomes of the file there: appended to, renamed, truncated, copied over.</summary>
internal sealed class FollowedFile : IDisposable
{
    // ERROR_SHARING_VIOLATION as an HRESULT.
    private const int SharingViolation = unchecked((int)0x80070020);

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
            // In the middle of a rotation, or a share is away. If the log was renamed, its writer may still append to it.
            return !stream.IsClosed && IsBlockedName(exception) ? FileChange.Deleted : FileChange.None;
        }
    }

    /// <summary>Closes the file that was read to its end. The next look opens what is in its place then.</summary>
    public void Close() => stream.CloseFile();

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

    // Windows keeps the name of a deleted file until the last handle is closed (older servers and shares), and refuses access to it.
    // A file that is in use may be the one that its writer makes anew. So the handle of the follower would keep the log from being made anew.
    private static bool IsBlockedName(Exception exception) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        && (exception is UnauthorizedAccessException || exception.HResult == SharingViolation);
}
