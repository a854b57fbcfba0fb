using System;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Samples;

/// <summary>Which cell of a row is which property, as the header says. Columns of other names are passed over.</summary>
internal sealed class SampleColumns
{
    private static readonly char[] Separators = [',', ';', '\t'];

    private readonly int[] places = new int[Names.Length];

    private SampleColumns(char separator) => Separator = separator;

    /// <summary>The columns, in the order in which they are written.</summary>
    public static string[] Names { get; } =
    [
        nameof(FlexLmSample.Time), nameof(FlexLmSample.Server), nameof(FlexLmSample.Vendor), nameof(FlexLmSample.Feature), nameof(FlexLmSample.Version),
        nameof(FlexLmSample.Issued), nameof(FlexLmSample.InUse), nameof(FlexLmSample.Reserved), nameof(FlexLmSample.Queued),
    ];

    /// <summary>Separator of the cells.</summary>
    public char Separator { get; }

    /// <summary>Number of cells that a row has at least.</summary>
    public int Width { get; private set; }

    /// <summary>Place of a property in the row, from 0; negative if the file does not have it.</summary>
    public int PlaceOf(SampleColumn column) => places[(int)column];

    /// <summary>Reads a header; null if the line is not one: it must name time and feature.</summary>
    public static SampleColumns? TryRead(TextSlice line)
    {
        var cells = new SampleCells();
        foreach (char separator in Separators)
        {
            if (cells.TrySplit(line, separator) && Read(cells, separator) is { } columns)
            {
                return columns;
            }
        }

        return null;
    }

    private static SampleColumns? Read(SampleCells cells, char separator)
    {
        var columns = new SampleColumns(separator);
        for (int column = 0; column < Names.Length; column++)
        {
            columns.places[column] = Find(cells, Names[column]);
            columns.Width = Math.Max(columns.Width, columns.places[column] + 1);
        }

        return columns.PlaceOf(SampleColumn.Time) >= 0 && columns.PlaceOf(SampleColumn.Feature) >= 0 ? columns : null;
    }

    private static int Find(SampleCells cells, string name)
    {
        for (int place = 0; place < cells.Count; place++)
        {
            // Databases write in_use, people write "In use".
            string cell = cells[place].Trim().ToString().Replace("_", string.Empty).Replace(" ", string.Empty);
            if (cell.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return place;
            }
        }

        return -1;
    }
}

/// <summary>The columns of a row, in the order in which they are written.</summary>
internal enum SampleColumn
{
    Time,
    Server,
    Vendor,
    Feature,
    Version,
    Issued,
    InUse,
    Reserved,
    Queued,
}
