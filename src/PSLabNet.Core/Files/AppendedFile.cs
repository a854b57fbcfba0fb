using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Files;

/// <summary>
/// Appends lines to a file, all of them or none, while other programs do the same. An incomplete line at the end, which a
/// power cut left there, is removed first. Owner and permissions stay, because the file itself is written; so does a
/// symbolic link.
/// </summary>
internal static class AppendedFile
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    /// <summary>Appends lines; a new or empty file begins with the header.</summary>
    /// <param name="path">The file, which need not exist.</param>
    /// <param name="header">The first line, with its line end; it may begin with a byte order mark.</param>
    /// <param name="lines">Complete lines.</param>
    /// <param name="cancellationToken">Ends the wait for a file that another program uses.</param>
    /// <exception cref="InvalidDataException">The file begins with another line than the header. It is as it was.</exception>
    /// <exception cref="IOException">
    /// The disk is full, another program uses the file for 30 s, or there is something at the path that is not a file. The
    /// complete lines of the file are as they were.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The file or folder must not be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled. The file is as it was.</exception>
    public static async Task AppendAsync(string path, byte[] header, byte[] lines, CancellationToken cancellationToken)
    {
        using FileStream stream = await FileInUse.OpenForAppendAsync(FileTarget.ResolveWritable(path), cancellationToken).ConfigureAwait(false);
        if (!BeginsWith(stream, header))
        {
            throw new InvalidDataException($"The file '{path}' begins with another line than the header, so nothing was appended to it.");
        }

        long end = EndOfLastLine(stream);
        if (stream.Length > end)
        {
            stream.SetLength(end);
        }

        stream.Position = end;
        try
        {
            // One call, so that a process that is ended leaves all or, if the system stops in the middle, the beginning.
            byte[] all = end == 0 ? [.. header, .. lines] : lines;
            stream.Write(all, 0, all.Length);
            stream.Flush();
        }
        catch
        {
            stream.SetLength(end);
            throw;
        }
    }

    // True also for a part of the header, or NUL characters only: both are what a power cut leaves of a new file.
    private static bool BeginsWith(FileStream stream, byte[] header)
    {
        var present = new byte[header.Length];
        int count = ReadAll(stream, 0, present, present.Length);
        byte[] expected = Plain(header, header.Length);
        byte[] found = Plain(present, count);
        int lineEnd = Array.IndexOf(found, LineFeed);
        return lineEnd >= 0
            ? found.Take(lineEnd + 1).SequenceEqual(expected)
            : stream.Length < header.Length && (found.SequenceEqual(expected.Take(found.Length)) || found.All(one => one == 0));
    }

    // An editor may have removed the mark or changed the line ends.
    private static byte[] Plain(byte[] bytes, int count)
    {
        int from = count >= Mark.Length && bytes.Take(Mark.Length).SequenceEqual(Mark) ? Mark.Length : 0;
        return [.. bytes.Take(count).Skip(from).Where(one => one != CarriageReturn)];
    }

    private static long EndOfLastLine(FileStream stream)
    {
        const int BlockSize = 64 * 1024;
        var block = new byte[BlockSize];
        long end = stream.Length;

        // Almost always, the last byte is a line end.
        for (int size = 1; end > 0; size = BlockSize)
        {
            int count = (int)Math.Min(size, end);
            int read = ReadAll(stream, end - count, block, count);
            int last = read == 0 ? -1 : Array.LastIndexOf(block, LineFeed, read - 1, read);
            if (last >= 0)
            {
                return end - count + last + 1;
            }

            end -= count;
        }

        return 0;
    }

    private static int ReadAll(FileStream stream, long position, byte[] block, int count)
    {
        stream.Position = position;
        int at = 0;
        for (int read; at < count && (read = stream.Read(block, at, count - at)) > 0; at += read)
        {
        }

        return at;
    }
}
