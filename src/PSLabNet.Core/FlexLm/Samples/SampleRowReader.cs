using System;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Samples;

/// <summary>Reads the rows of one file.</summary>
internal sealed class SampleRowReader
{
    private const char Apostrophe = '\'';

    private readonly SampleCells cells = new();
    private readonly StringCache names = new();
    private readonly SampleTime times = new();
    private SampleColumns? columns;
    private bool hasApostrophe;

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without its line end.</param>
    /// <param name="fault">Why the line can't be read; null if it can.</param>
    /// <returns>The sample; null for a line that is blank, a header, or can't be read.</returns>
    public FlexLmSample? Read(TextSlice line, out string? fault)
    {
        fault = null;
        if (columns is null || MayBeHeader(line))
        {
            ReadHeader(line, ref fault);
            return null;
        }

        if (line.Trim().IsEmpty)
        {
            return null;
        }

        hasApostrophe = line.IndexOf(Apostrophe) >= 0;
        if (!cells.TrySplit(line, columns.Separator))
        {
            fault = "A quote is not closed, or text follows it.";
        }
        else if (cells.Count < columns.Width)
        {
            fault = FormattableString.Invariant($"The line has {cells.Count} cells, and the header {columns.Width}.");
        }

        return fault is null ? ReadRow(ref fault) : null;
    }

    // Files that were joined have a header, and a mark before it, in the middle. A row begins with a digit in almost every file.
    private static bool MayBeHeader(TextSlice line) => line.Length > 0 && line[0] is not (>= '0' and <= '9') && SampleColumns.TryRead(line) is not null;

    private void ReadHeader(TextSlice line, ref string? fault)
    {
        // Excel's own line, which says what separates cells.
        const string Separator = "sep=";
        if (SampleColumns.TryRead(line.Trim()) is { } header)
        {
            columns = header;
        }
        else if (!line.Trim().IsEmpty && !line.Trim().StartsWith(Separator))
        {
            fault = "This is not a header: it must name the columns Time and Feature, separated by commas, semicolons or tabs.";
        }
    }

    private FlexLmSample? ReadRow(ref string? fault)
    {
        TextSlice time = Cell(SampleColumn.Time);
        if (!times.TryRead(time, out DateTimeOffset taken))
        {
            fault = $"'{PrintableText.EscapeStart(time.ToString())}' is not a time such as 2026-11-27T10:00:00+00:00.";
            return null;
        }

        string feature = Name(SampleColumn.Feature);
        if (feature.Length == 0)
        {
            fault = "The row names no feature.";
            return null;
        }

        return TryNumber(SampleColumn.Issued, out int? issued, ref fault)
            && TryNumber(SampleColumn.InUse, out int? inUse, ref fault)
            && TryNumber(SampleColumn.Reserved, out int? reserved, ref fault)
            && TryNumber(SampleColumn.Queued, out int? queued, ref fault)
            ? new FlexLmSample
            {
                Time = taken,
                Server = Name(SampleColumn.Server),
                Vendor = Name(SampleColumn.Vendor),
                Feature = feature,
                Version = Name(SampleColumn.Version),
                Issued = issued,
                InUse = inUse,
                Reserved = reserved,
                Queued = queued,
            }
            : null;
    }

    private TextSlice Cell(SampleColumn column) => columns!.PlaceOf(column) is >= 0 and int place ? cells[place] : default;

    private string Name(SampleColumn column)
    {
        TextSlice cell = Cell(column);
        return names.Get(hasApostrophe && !cell.IsEmpty ? FormulaText.Restore(cell) : cell);
    }

    private bool TryNumber(SampleColumn column, out int? number, ref string? fault)
    {
        TextSlice cell = Cell(column);
        number = null;
        if (cell.IsEmpty)
        {
            return true;
        }

        if (cell.TryNumber(out int value) || cell.Trim().TryNumber(out value))
        {
            number = value;
            return true;
        }

        if (cell.Trim().IsEmpty)
        {
            return true;
        }

        fault = $"{column} is '{PrintableText.EscapeStart(cell.ToString())}', which is not a number of licenses.";
        return false;
    }
}
