using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Text;

/// <summary>
/// Takes lines from a stream or a reader into one buffer that is used again: a line is valid until the next is taken.
/// Lines end in LF or CRLF. A line longer than <see cref="LongestLine"/> is cut there, so that memory stays bounded
/// whatever the input. At the end of what there is, an unfinished line stays, and reading can go on when there is more.
/// </summary>
internal sealed class LineReader : IDisposable
{
    /// <summary>Most characters of a line that are kept.</summary>
    public const int LongestLine = 64 * 1024;

    private const int BlockSize = 64 * 1024;

    private readonly TextReader? text;
    private readonly LineBytes? bytes;
    private readonly char[] chars = new char[LongestLine + BlockSize];
    private int start;
    private int end;

    // The rest of a line that was cut.
    private bool isSkipping;

    private LineReader(TextReader? text, LineBytes? bytes)
    {
        this.text = text;
        this.bytes = bytes;
    }

    /// <summary>Number of the line that was taken last, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>True if the line that was taken last is longer than what was kept of it.</summary>
    public bool IsCut { get; private set; }

    public static LineReader Of(TextReader text) => new(text, null);

    /// <summary>UTF-8, or Latin-1 where a line is no UTF-8; UTF-16 if there is its byte order mark, as PowerShell 5 writes files.</summary>
    public static LineReader Of(Stream stream) => new(null, new LineBytes(stream));

    /// <summary>Takes the next finished line; false at the end of what there is now.</summary>
    public bool TryRead(out TextSlice line)
    {
        while (!TryTake(out line))
        {
            MakeRoom();
            int count = text is not null ? text.Read(chars, end, BlockSize) : bytes!.Read(chars, end);
            if (count <= 0)
            {
                return false;
            }

            end += count;
        }

        return true;
    }

    /// <summary>As <see cref="TryRead"/>, and the input is read without blocking a thread.</summary>
    /// <returns>False at the end of what there is now; else <see cref="TryTake"/> gives a line.</returns>
    public async Task<bool> FillAsync(CancellationToken cancellation)
    {
        MakeRoom();
        int count = text is not null
            ? await text.ReadAsync(chars, end, BlockSize).ConfigureAwait(false)
            : await bytes!.ReadAsync(chars, end, cancellation).ConfigureAwait(false);
        end += count;
        return count > 0;
    }

    /// <summary>Takes a finished line of what was read already.</summary>
    public bool TryTake(out TextSlice line)
    {
        while (true)
        {
            int place = Array.IndexOf(chars, '\n', start, end - start);
            int length = place < 0 ? end - start : place - start;
            if (place < 0 && length < LongestLine)
            {
                line = default;
                return false;
            }

            bool isRest = isSkipping;
            if (place < 0 || length > LongestLine)
            {
                // Cut: what follows up to the end of the line is skipped.
                isSkipping = place < 0;
                line = Line(start, LongestLine);
                start = place < 0 ? start + LongestLine : place + 1;
                IsCut = true;
            }
            else
            {
                isSkipping = false;
                line = Line(start, length);
                start = place + 1;
                IsCut = false;
            }

            if (!isRest)
            {
                LineNumber++;
                return true;
            }
        }
    }

    /// <summary>Takes the last line, which has no end.</summary>
    public bool TryTakeRest(out TextSlice line)
    {
        end += bytes?.TakeRest(chars, end) ?? 0;
        line = Line(start, Math.Min(end - start, LongestLine));
        bool isLine = end > start && !isSkipping;
        start = end = 0;
        isSkipping = false;
        LineNumber += isLine ? 1 : 0;
        IsCut = false;
        return isLine;
    }

    /// <summary>Takes the next line, the last one also without its end.</summary>
    public bool TryReadToEnd(out TextSlice line) => TryRead(out line) || TryTakeRest(out line);

    /// <summary>Forgets what was read, when the file begins anew.</summary>
    public void Restart()
    {
        start = end = 0;
        isSkipping = false;
        LineNumber = 0;
        bytes?.Restart();
    }

    public void Dispose()
    {
        text?.Dispose();
        bytes?.Dispose();
    }

    private TextSlice Line(int from, int length)
    {
        while (length > 0 && chars[from + length - 1] == '\r')
        {
            length--;
        }

        return new TextSlice(chars, from, length);
    }

    private void MakeRoom()
    {
        if (start > 0)
        {
            Array.Copy(chars, start, chars, 0, end - start);
            end -= start;
            start = 0;
        }
    }
}
