using System;
using System.Collections.Generic;
using System.IO;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// Reads the output of <c>lmutil lmstat</c> (License Administration Guide, "lmstat"), with <c>-a</c>, <c>-A</c>, <c>-f</c>,
/// <c>-i</c>, <c>-s</c> and <c>-S</c>, line by line. Several reports may follow one another: each becomes a separate
/// snapshot. A report begins with the copyright line, or with "Flexible License Manager status on" if that line is missing.
/// The content of the text never causes an exception.
/// </summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
public sealed class FlexLmStatReader
{
    private readonly FlexLmStatOptions options;
    private readonly StringCache strings = new();
    private ReportReader report;
    private char[] buffer = new char[256];
    private long lineNumber;

    /// <summary>Creates a reader.</summary>
    /// <param name="options">Data that the text does not contain; null for none.</param>
    public FlexLmStatReader(FlexLmStatOptions? options = null)
    {
        this.options = options ?? new FlexLmStatOptions();
        report = new ReportReader(this.options, strings);
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, with or without its line end; if it contains several lines, each counts. Null is an empty line.</param>
    /// <returns>The snapshots that end before this line; usually none.</returns>
    public IReadOnlyList<FlexLmSnapshot> Add(string? line)
    {
        line ??= string.Empty;
        if (buffer.Length < line.Length)
        {
            buffer = new char[Math.Max(line.Length, buffer.Length * 2)];
        }

        line.CopyTo(0, buffer, 0, line.Length);
        var text = new TextSlice(buffer, 0, line.Length);
        int end = text.IndexOf('\n');
        if (end < 0)
        {
            return Add(text) is { } one ? [one] : [];
        }

        var snapshots = new List<FlexLmSnapshot>();
        while (!text.IsEmpty)
        {
            if (Add(text.Part(0, end)) is { } snapshot)
            {
                snapshots.Add(snapshot);
            }

            text = text.From(Math.Min(end + 1, text.Length));
            end = text.IndexOf('\n');
            end = end < 0 ? text.Length : end;
        }

        return snapshots;
    }

    /// <summary>Ends the input. The reader can be used again afterwards.</summary>
    /// <returns>The last snapshot; null if no line was added since the previous one.</returns>
    public FlexLmSnapshot? Complete()
    {
        FlexLmSnapshot? snapshot = report.IsEmpty ? null : report.ToSnapshot();
        report = new ReportReader(options, strings);
        lineNumber = 0;
        return snapshot;
    }

    /// <summary>Reads all reports of a text. It returns each one as soon as it ends.</summary>
    /// <param name="text">The text; it is not disposed of.</param>
    /// <param name="options">Data that the text does not contain; null for none.</param>
    /// <returns>The snapshots; none if the text contains only blanks.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    public static IEnumerable<FlexLmSnapshot> Read(TextReader text, FlexLmStatOptions? options = null) =>
        Read(LineReader.Of(text ?? throw new ArgumentNullException(nameof(text))), options);

    /// <summary>
    /// Reads all reports of a file: UTF-8, or Latin-1 if a line is not UTF-8, or UTF-16 with a byte order mark.
    /// </summary>
    /// <param name="stream">The file; it is not disposed of.</param>
    /// <param name="options">Data that the text does not contain; null for none.</param>
    /// <returns>The snapshots; none if the file contains only blanks.</returns>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    public static IEnumerable<FlexLmSnapshot> Read(Stream stream, FlexLmStatOptions? options = null) =>
        Read(LineReader.Of(stream ?? throw new ArgumentNullException(nameof(stream))), options);

    private static IEnumerable<FlexLmSnapshot> Read(LineReader lines, FlexLmStatOptions? options)
    {
        var reader = new FlexLmStatReader(options);
        while (lines.TryReadToEnd(out TextSlice line))
        {
            if (reader.Add(line) is { } snapshot)
            {
                yield return snapshot;
            }
        }

        if (reader.Complete() is { } last)
        {
            yield return last;
        }
    }

    private FlexLmSnapshot? Add(TextSlice raw)
    {
        lineNumber++;
        TextSlice line = (raw.Length > LineReader.LongestLine ? raw.Part(0, LineReader.LongestLine) : raw).Trim();
        if (line.IsEmpty)
        {
            return null;
        }

        FlexLmSnapshot? ended = null;
        if (report.IsEndedBy(line))
        {
            ended = report.ToSnapshot();
            report = new ReportReader(options, strings);
        }

        report.Add(line, lineNumber);
        return ended;
    }
}
