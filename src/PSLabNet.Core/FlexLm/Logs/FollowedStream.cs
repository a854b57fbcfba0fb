using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.FlexLm.Logs;

/// <summary>How the content of a file stands to what was read.</summary>
internal enum LogContent
{
    /// <summary>It begins with all that was read.</summary>
    Continues,

    /// <summary>It is the beginning of what was read: a copy that is being written, or a file that was emptied.</summary>
    IsBehind,

    /// <summary>It is another log.</summary>
    Differs,
}

/// <summary>
/// Reads a log from one file after another, where each has what was read already: the log itself, or a longer copy that
/// took its place. Its first and last bytes tell that: lines begin with clock times, so no two logs agree in them. No file
/// id does, because a copy has another one, and a file that was truncated has the same.
/// </summary>
[SuppressMessage("Performance", "CA1844", Justification = ".NET Standard has no ReadAsync of memory, and LineBytes calls the one of arrays.")]
internal sealed class FollowedStream : ReadOnlyStream
{
    // A new log differs from the one before within its first lines. So much of it is compared where it is shorter.
    private const int HeadSize = 64 * 1024;

    // So much is compared at every look, at both ends.
    private const int BlockSize = 1024;

    private readonly byte[] head = new byte[HeadSize];
    private readonly byte[] tail = new byte[BlockSize];
    private readonly byte[] found = new byte[HeadSize];
    private int headLength;
    private int tailLength;
    private long position;
    private FileStream? file;

    public FollowedStream(FileStream file) => this.file = file;

    /// <summary>True between <see cref="CloseFile"/> and the next file: there is nothing to read.</summary>
    public bool IsClosed => file is null;

    /// <summary>True if the file no longer begins with the bytes that were read: it was emptied or rewritten.</summary>
    public bool IsLost
    {
        get
        {
            if (file is null)
            {
                return false;
            }

            LogContent content = Compare(file);
            file.Position = position;
            return content != LogContent.Continues;
        }
    }

    /// <summary>Begins in the middle of the first file.</summary>
    public void StartAt(long start)
    {
        FileStream first = file!;
        headLength = FileBlock.Read(first, 0, head, HeadSize);
        tailLength = FileBlock.Read(first, Math.Max(0, start - BlockSize), tail, (int)Math.Min(start, BlockSize));
        position = start;
        first.Position = start;
    }

    /// <summary>Closes the file. What was read stays known, so that the next one can be compared with it.</summary>
    public void CloseFile()
    {
        file?.Dispose();
        file = null;
    }

    /// <summary>Goes on in a file whose content continues what was read.</summary>
    public void GoOnIn(FileStream next)
    {
        CloseFile();
        file = next;
        file.Position = position;
    }

    /// <summary>Begins with another log.</summary>
    public void BeginWith(FileStream next)
    {
        position = headLength = tailLength = 0;
        GoOnIn(next);
    }

    /// <summary>Compares a file with what was read.</summary>
    public LogContent Compare(FileStream other)
    {
        long length = other.Length;
        if (length < position)
        {
            int common = (int)Math.Min(length, headLength);
            return IsAt(other, 0, head, common) ? LogContent.IsBehind : LogContent.Differs;
        }

        return IsAt(other, 0, head, (int)Math.Min(Math.Min(headLength, BlockSize), length)) && IsAt(other, position - tailLength, tail, tailLength)
            ? LogContent.Continues
            : LogContent.Differs;
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        file is null ? 0 : Take(file, file.Read(buffer, offset, count), buffer, offset);

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        file is { } open ? Take(open, await open.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false), buffer, offset) : 0;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CloseFile();
        }

        base.Dispose(disposing);
    }

    // Bytes from behind the place are only the log's if those before it still are. A file that is shorter by now was cut
    // after it was read.
    private int Take(FileStream from, int count, byte[] buffer, int offset)
    {
        if (count <= 0)
        {
            return 0;
        }

        if (Compare(from) == LogContent.Differs)
        {
            from.Position = position;
            return 0;
        }

        Remember(buffer, offset, count);
        position += count;
        from.Position = position;
        return count;
    }

    private void Remember(byte[] buffer, int offset, int count)
    {
        if (position <= headLength && headLength < HeadSize && position + count > headLength)
        {
            int known = (int)(headLength - position);
            int added = Math.Min(count - known, HeadSize - headLength);
            Buffer.BlockCopy(buffer, offset + known, head, headLength, added);
            headLength += added;
        }

        if (count >= BlockSize)
        {
            Buffer.BlockCopy(buffer, offset + count - BlockSize, tail, 0, BlockSize);
            tailLength = BlockSize;
            return;
        }

        int kept = Math.Min(tailLength, BlockSize - count);
        Buffer.BlockCopy(tail, tailLength - kept, tail, 0, kept);
        Buffer.BlockCopy(buffer, offset, tail, kept, count);
        tailLength = kept + count;
    }

    private bool IsAt(FileStream other, long place, byte[] bytes, int length)
    {
        if (FileBlock.Read(other, place, found, length) < length)
        {
            return false;
        }

        for (int at = 0; at < length; at++)
        {
            if (found[at] != bytes[at])
            {
                return false;
            }
        }

        return true;
    }
}
