using System.Globalization;
using System.IO;
using System.Text;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Samples;

/// <summary>Writes samples as rows (RFC 4180), the same bytes in every culture.</summary>
internal static class SampleRow
{
    private const string LineEnd = "\r\n";

    private static readonly char[] Quoted = [',', ';', '"'];

    /// <summary>
    /// The first line, after a byte order mark: without it, Excel and Windows PowerShell read names in the code page of the
    /// machine. Power BI and SQL Server pass over it.
    /// </summary>
    public static byte[] Header { get; } = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(string.Join(",", SampleColumns.Names) + LineEnd)];

    public static void Write(TextWriter writer, FlexLmSample sample)
    {
        writer.Write(SampleTime.Format(sample.Time));
        WriteText(writer, sample.Server);
        WriteText(writer, sample.Vendor);
        WriteText(writer, sample.Feature);
        WriteText(writer, sample.Version);
        WriteNumber(writer, sample.Issued);
        WriteNumber(writer, sample.InUse);
        WriteNumber(writer, sample.Reserved);
        WriteNumber(writer, sample.Queued);
        writer.Write(LineEnd);
    }

    private static void WriteText(TextWriter writer, string text)
    {
        writer.Write(',');
        if (text.Length == 0)
        {
            return;
        }

        // U+FFFD stands for what could not be decoded, and would make readers take the line for Latin-1.
        string cell = FormulaText.Escape(PrintableText.Escape(text).Replace("\uFFFD", @"\ufffd"));

        // Readers remove blanks around a cell without quotes.
        bool isQuoted = cell.IndexOfAny(Quoted) >= 0 || char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[cell.Length - 1]);
        writer.Write(isQuoted ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell);
    }

    private static void WriteNumber(TextWriter writer, int? number)
    {
        writer.Write(',');
        if (number is { } known)
        {
            writer.Write(known.ToString(CultureInfo.InvariantCulture));
        }
    }
}
