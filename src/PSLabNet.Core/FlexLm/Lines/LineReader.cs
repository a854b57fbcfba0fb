using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.FlexLm.Lines;

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

/// <summary>Bytes on their way to characters: finished lines at a time, so that a character is never cut.</summary>
internal sealed class LineBytes : IDisposable
{
    private const int BlockSize = 64 * 1024;

    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

    private readonly Stream stream;
    private readonly byte[] block = new byte[BlockSize];
    private int count;
    private Encoding? unicode;
    private bool isStarted;

    public LineBytes(Stream stream) => this.stream = stream;

    public int Read(char[] chars, int at)
    {
        while (true)
        {
            int read = stream.Read(block, count, BlockSize - count);
            if (read <= 0)
            {
                return 0;
            }

            int decoded = Decode(read, chars, at);
            if (decoded > 0)
            {
                return decoded;
            }
        }
    }

    public async Task<int> ReadAsync(char[] chars, int at, CancellationToken cancellation)
    {
        while (true)
        {
            int read = await stream.ReadAsync(block, count, BlockSize - count, cancellation).ConfigureAwait(false);
            if (read <= 0)
            {
                return 0;
            }

            int decoded = Decode(read, chars, at);
            if (decoded > 0)
            {
                return decoded;
            }
        }
    }

    public int TakeRest(char[] chars, int at)
    {
        int from = isStarted ? 0 : SkipMark();
        int decoded = unicode is not null ? unicode.GetChars(block, from, (count - from) & ~1, chars, at) : DecodeBytes(from, count, chars, at);
        count = 0;
        return decoded;
    }

    public void Restart()
    {
        count = 0;
        unicode = null;
        isStarted = false;
    }

    public void Dispose() => stream.Dispose();

    private int Decode(int read, char[] chars, int at)
    {
        count += read;
        int from = 0;
        if (!isStarted)
        {
            if (count < 3 && (block[0] >= 0xEF))
            {
                // Perhaps the first bytes of a mark.
                return 0;
            }

            from = SkipMark();
        }

        int to = unicode is not null ? count & ~1 : FinishedPart();
        int decoded = to <= from ? 0
            : unicode is not null ? unicode.GetChars(block, from, to - from, chars, at)
            : DecodeBytes(from, to, chars, at);
        to = Math.Max(to, from);
        Buffer.BlockCopy(block, to, block, 0, count - to);
        count -= to;
        return decoded;
    }

    // The byte order mark tells the encoding.
    private int SkipMark()
    {
        isStarted = true;
        unicode = count < 2 ? null : (block[0], block[1]) switch
        {
            (0xFF, 0xFE) => Encoding.Unicode,
            (0xFE, 0xFF) => Encoding.BigEndianUnicode,
            _ => null,
        };
        return unicode is not null ? 2 : count >= 3 && block[0] == 0xEF && block[1] == 0xBB && block[2] == 0xBF ? 3 : 0;
    }

    private int FinishedPart()
    {
        int last = Array.LastIndexOf(block, (byte)'\n', count - 1, count);
        if (last >= 0 || count < BlockSize)
        {
            return last + 1;
        }

        // A full block within one line: up to a byte that begins a character.
        int to = count;
        while (to > count - 4 && (block[to - 1] & 0xC0) == 0x80)
        {
            to--;
        }

        return block[to - 1] >= 0xC0 ? to - 1 : count;
    }

    private int DecodeBytes(int from, int to, char[] chars, int at)
    {
        int decoded = Encoding.UTF8.GetChars(block, from, to - from, chars, at);
        if (Array.IndexOf(chars, '\uFFFD', at, decoded) < 0)
        {
            return decoded;
        }

        // Some line is no UTF-8: each line by itself, those as Latin-1.
        decoded = 0;
        for (int next; from < to; from = next)
        {
            int place = Array.IndexOf(block, (byte)'\n', from, to - from);
            next = place < 0 ? to : place + 1;
            int lineChars = Encoding.UTF8.GetChars(block, from, next - from, chars, at + decoded);
            bool isUtf8 = Array.IndexOf(chars, '\uFFFD', at + decoded, lineChars) < 0;
            decoded += isUtf8 ? lineChars : Latin1.GetChars(block, from, next - from, chars, at + decoded);
        }

        return decoded;
    }
}
