using System;
using System.IO;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>What happened to a file that is followed.</summary>
internal enum FileChange
{
    None,

    /// <summary>It is the same file, and it begins anew.</summary>
    Truncated,

    /// <summary>There is another file in its place.</summary>
    Replaced,
}

/// <summary>
/// A file that is followed. Whether another is in its place is told by what it begins with: that works on every system
/// and share, and also for a file that was truncated and has grown past where it was.
/// </summary>
internal sealed class FollowedFile : IDisposable
{
    // Logs begin with clock times; two that agree in so much are one.
    private const int HeadSize = 1024;

    private readonly string path;
    private readonly byte[] head = new byte[HeadSize];
    private readonly byte[] ownHead = new byte[HeadSize];
    private readonly byte[] otherHead = new byte[HeadSize];
    private int headLength;
    private FileStream? next;

    public FollowedFile(string path) => this.path = path;

    public FileStream Stream { get; private set; } = null!;

    public LineReader Lines { get; private set; } = null!;

    /// <summary>Opens it for the first time.</summary>
    public void Open() => Use(FlexLmLogReader.Open(path));

    /// <summary>Begins the same file anew.</summary>
    public void Restart()
    {
        Stream.Position = 0;
        Lines.Restart();
        headLength = ReadHead(Stream, head);
        Stream.Position = 0;
    }

    /// <summary>Goes over to the file that is in its place now.</summary>
    public void Replace()
    {
        FileStream found = next!;
        next = null;
        Lines.Dispose();
        Use(found);
    }

    /// <summary>True if the file is shorter than what was read of it, or begins with something else.</summary>
    public bool WasTruncated() => Stream.Length < Stream.Position || !TryKeepHead();

    /// <summary>Looks what became of the file. To be asked before reading on.</summary>
    public FileChange Look()
    {
        next?.Dispose();
        next = null;
        try
        {
            if (WasTruncated())
            {
                return FileChange.Truncated;
            }

            FileStream other = FlexLmLogReader.Open(path);
            if (IsSame(other))
            {
                other.Dispose();
                return FileChange.None;
            }

            other.Position = 0;
            next = other;
            return FileChange.Replaced;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In the middle of a rotation, or a share is away.
            return FileChange.None;
        }
    }

    public void Dispose()
    {
        next?.Dispose();
        Lines?.Dispose();
    }

    private void Use(FileStream stream)
    {
        Stream = stream;
        Lines = LineReader.Of(stream);
        headLength = ReadHead(stream, head);
        stream.Position = 0;
    }

    // False if what the file began with is not what it begins with: it was truncated, and has grown since.
    private bool TryKeepHead()
    {
        long position = Stream.Position;
        int length = ReadHead(Stream, ownHead);
        Stream.Position = position;
        if (length < headLength || !AreEqual(head, ownHead, headLength))
        {
            return false;
        }

        Buffer.BlockCopy(ownHead, 0, head, 0, length);
        headLength = length;
        return true;
    }

    private bool IsSame(FileStream other)
    {
        int length = ReadHead(other, otherHead);
        if (length < headLength || other.Length < Stream.Position || !AreEqual(head, otherHead, headLength))
        {
            return false;
        }

        // If the other has more of a head, this one must have it by now too.
        return length == headLength || (TryKeepHead() && headLength >= length && AreEqual(head, otherHead, length));
    }

    private static bool AreEqual(byte[] one, byte[] other, int length)
    {
        for (int at = 0; at < length; at++)
        {
            if (one[at] != other[at])
            {
                return false;
            }
        }

        return true;
    }

    private static int ReadHead(FileStream stream, byte[] buffer)
    {
        stream.Position = 0;
        int count = 0;
        while (count < HeadSize)
        {
            int read = stream.Read(buffer, count, HeadSize - count);
            if (read <= 0)
            {
                break;
            }

            count += read;
        }

        return count;
    }
}
