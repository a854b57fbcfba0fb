using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Files;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Samples;

/// <summary>
/// Files of samples: one row for each feature and time, as comma-separated values in UTF-8. Spreadsheets and databases read
/// them, and any number of jobs can append to one.
/// </summary>
public static class FlexLmSampleFile
{
    /// <summary>Number of faults of one file that are reported one by one; one more gives the number of the rest.</summary>
    internal const int MostFaults = 100;

    /// <summary>
    /// Reads a file line by line in constant memory. The header names the columns, in any order; cells are separated by
    /// commas, semicolons or tabs. A last line without a line end is a fault: somebody writes it now, or a power cut ended it.
    /// </summary>
    /// <param name="stream">The bytes: UTF-8, or Latin-1 if a line is not UTF-8, or UTF-16 with a byte order mark. It is not disposed of.</param>
    /// <param name="source">Name of the file, for the faults.</param>
    /// <param name="onFault">Receives the lines that can't be read: the first 100, then one with the number of the others.</param>
    /// <returns>The samples, read while they are enumerated.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IEnumerable<FlexLmSample> Read(Stream stream, string source, Action<FlexLmSampleFault> onFault)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(onFault);
        return ReadLines(stream, source, onFault);
    }

    /// <summary>Appends samples to a file, all of them or none; makes the file if it is missing. Other processes may do the same.</summary>
    /// <param name="path">The file.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="cancellationToken">Ends the wait for a file that another program uses.</param>
    /// <returns>A task that ends when the rows are on the disk.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">
    /// The file can't be written, another program uses it for 30 s, or it has another header. Its complete lines are as they
    /// were.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The file or folder must not be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled. The file is as it was.</exception>
    public static async Task AppendAsync(string path, IEnumerable<FlexLmSample> samples, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(samples);
        try
        {
            await AppendedFile.AppendAsync(path, SampleRow.Header, Rows(samples), cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            throw new IOException($"Nothing was appended to '{path}', because its first line is not '{string.Join(",", SampleColumns.Names)}'. A spreadsheet may have saved it in its own way. Give it another name, and a new file is made; both can be read together.");
        }
    }

    /// <summary>Writes samples to a file, which is replaced as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="cancellationToken">Ends the wait for a file that another program uses.</param>
    /// <returns>A task that ends when the file is on the disk.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The file can't be written. It is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or folder must not be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled. The file is as it was.</exception>
    public static Task WriteAsync(string path, IEnumerable<FlexLmSample> samples, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return AtomicFile.WriteAsync(
            path,
            writer =>
            {
                writer.Write(Encoding.UTF8.GetString(SampleRow.Header));
                foreach (FlexLmSample sample in samples)
                {
                    SampleRow.Write(writer, sample);
                }
            },
            cancellationToken);
    }

    /// <summary>The file of a month: <c>usage.csv</c> becomes <c>usage-2026-11.csv</c>.</summary>
    /// <param name="path">The file without the month.</param>
    /// <param name="time">A time; its month in UTC counts, as in the rows.</param>
    /// <returns>The path with the month.</returns>
    /// <exception cref="ArgumentNullException">The path is null.</exception>
    public static string MonthlyPath(string path, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(path);
        string extension = Path.GetExtension(path);
        return $"{path.Substring(0, path.Length - extension.Length)}-{SampleTime.FormatMonth(time)}{extension}";
    }

    private static byte[] Rows(IEnumerable<FlexLmSample> samples)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            foreach (FlexLmSample sample in samples)
            {
                SampleRow.Write(writer, sample);
            }
        }

        return bytes.ToArray();
    }

    private static IEnumerable<FlexLmSample> ReadLines(Stream stream, string source, Action<FlexLmSampleFault> onFault)
    {
        // Not disposed of: that would dispose of the stream.
        LineReader lines = LineReader.Of(stream);
        var rows = new SampleRowReader();
        var faults = new SampleFaults(source, onFault);
        while (lines.TryRead(out TextSlice line))
        {
            FlexLmSample? sample = rows.Read(line, out string? fault);
            if (lines.IsCut)
            {
                sample = null;
                fault = FormattableString.Invariant($"The line is longer than {LineReader.LongestLine} characters.");
            }

            if (sample is not null)
            {
                yield return sample;
            }
            else if (fault is not null)
            {
                faults.Add(lines.LineNumber, fault);
            }
        }

        if (lines.TryTakeRest(out TextSlice rest) && !rest.Trim().IsEmpty)
        {
            faults.Add(lines.LineNumber, "The last line has no line end: it is being written, or a power cut ended it. The next append removes it.");
        }

        faults.End();
    }
}
