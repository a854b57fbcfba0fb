using System;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Samples;

/// <summary>The cells of one line (RFC 4180). A cell has no line breaks.</summary>
internal sealed class SampleCells
{
    /// <summary>Further cells are passed over.</summary>
    public const int Most = 256;

    private const char Quote = '"';

    private TextSlice[] cells = new TextSlice[16];

    public int Count { get; private set; }

    public TextSlice this[int index] => cells[index];

    /// <summary>Splits a line; false if a quote is not closed, or text follows a closed one.</summary>
    public bool TrySplit(TextSlice line, char separator)
    {
        Count = 0;
        bool hasQuotes = line.IndexOf(Quote) >= 0;
        for (int at = 0; at <= line.Length && Count < Most;)
        {
            int end;
            if (hasQuotes && at < line.Length && line[at] == Quote)
            {
                int close = Close(line, at + 1);
                if (close < 0 || (close + 1 < line.Length && line[close + 1] != separator))
                {
                    return false;
                }

                end = close + 1;
                Add(Unquoted(line.Part(at + 1, close - at - 1)));
            }
            else
            {
                end = line.IndexOf(separator, at);
                end = end < 0 ? line.Length : end;
                Add(line.Part(at, end - at));
            }

            at = end + 1;
        }

        return true;
    }

    private static int Close(TextSlice line, int from)
    {
        while (true)
        {
            int quote = line.IndexOf(Quote, from);
            if (quote < 0 || quote + 1 >= line.Length || line[quote + 1] != Quote)
            {
                return quote;
            }

            from = quote + 2;
        }
    }

    private static TextSlice Unquoted(TextSlice cell) =>
        cell.IndexOf(Quote) < 0 ? cell : TextSlice.Of(cell.ToString().Replace("\"\"", "\""));

    private void Add(TextSlice cell)
    {
        if (Count == cells.Length)
        {
            Array.Resize(ref cells, Count * 2);
        }

        cells[Count++] = cell;
    }
}
