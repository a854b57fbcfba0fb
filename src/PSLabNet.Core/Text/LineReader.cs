using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Text;

/// <summary>
/// Reads lines from a stream or a reader into one buffer, which the next line overwrites. Lines end in LF or CRLF. A line
/// longer than <see cref="LongestLine"/> is cut there, so memory is bounded for every input. An incomplete line at the end
/// of the input is kept, and reading continues when more arrives.
/// </summary>
internal sealed class LineReader : IDisposable
{
    /// <summary>Maximum number of characters of a line that are kept.</summary>
    public const int LongestLine = 64 * 1024;

    private const int BlockSize = 64 * 1024;

    private readonly TextReader? text;
    private readonly LineBytes? bytes;
    private readonly char[] chars = new char[LongestLine + BlockSize];
    private int start;
    private int end;

    // True while the rest of a line that was cut is skipped.
    private bool isSkipping;

    private LineReader(TextReader? text, LineBytes? bytes)
    {
        this.text = text;
        this.bytes = bytes;
    }

    /// <summary>Number of the last line read, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>True if the last line read was cut.</summary>
    public bool IsCut { get; private set; }

    public static LineReader Of(TextReader text) => new(text, null);

    /// <summary>UTF-8, or Latin-1 for lines that are not UTF-8; UTF-16, which PowerShell 5 writes, with or without its byte order mark.</summary>
    public static LineReader Of(Stream stream) => new(null, new LineBytes(stream));

    /// <summary>Reads the next complete line; false if the input has none now.</summary>
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

    /// <summary>Like <see cref="TryRead"/>, but does not block a thread while it reads the input.</summary>
    /// <returns>False if the input has no complete line now; otherwise <see cref="TryTake"/> returns a line.</returns>
    public async Task<bool> FillAsync(CancellationToken cancellation)
    {
        MakeRoom();
        int count = text is not null
            ? await text.ReadAsync(chars, end, BlockSize).ConfigureAwait(false)
            : await bytes!.ReadAsync(chars, end, cancellation).ConfigureAwait(false);
        end += count;
        return count > 0;
    }

    /// <summary>Removes a complete line from the buffer.</summary>
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
                // The line was cut: the rest of it is skipped.
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

    /// <summary>Removes the last line, which has no line end.</summary>
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

    /// <summary>Reads the next line; the last line may lack its line end.</summary>
    public bool TryReadToEnd(out TextSlice line) => TryRead(out line) || TryTakeRest(out line);

    /// <summary>Drops the buffer, for a file that starts again from its beginning.</summary>
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
