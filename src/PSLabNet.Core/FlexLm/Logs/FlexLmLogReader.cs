using System;
using System.Collections.Generic;
using System.IO;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// Reads debug logs of lmgrd and vendor daemons (License Administration Guide, "Debug Log File"), line by line in constant
/// memory. Every line that is not blank is an event; lines that are not about licenses or daemons have the kind Other. The
/// content of a log never causes an exception.
/// </summary>
public static class FlexLmLogReader
{
    /// <summary>
    /// Reads a file. If its first lines contain no date, their date is the first date that follows, minus the midnights
    /// before it. If the whole file contains no date, it is inferred from the time of the last write. Other programs may
    /// write to the file and rename it at the same time.
    /// </summary>
    /// <param name="path">
    /// The file: UTF-8, or Latin-1 if a line is not UTF-8, or UTF-16 with a byte order mark; it may be compressed with gzip.
    /// </param>
    /// <param name="options">How to read it, and what to return; null for everything.</param>
    /// <returns>The events, read while they are enumerated.</returns>
    /// <exception cref="ArgumentNullException">The path is null.</exception>
    /// <exception cref="IOException">The file cannot be read, or is compressed and damaged; thrown during the enumeration.</exception>
    public static IEnumerable<FlexLmLogEvent> ReadFile(string path, FlexLmLogOptions? options = null) =>
        ReadFileCore(path ?? throw new ArgumentNullException(nameof(path)), options ?? new FlexLmLogOptions());

    /// <summary>Reads a text, which cannot be read ahead: until it contains a date, today is assumed if no start date is set.</summary>
    /// <param name="text">The text; it is not disposed of.</param>
    /// <param name="options">How to read it, and what to return; null for everything.</param>
    /// <returns>The events, read while they are enumerated.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    public static IEnumerable<FlexLmLogEvent> Read(TextReader text, FlexLmLogOptions? options = null) =>
        Read(LineReader.Of(text ?? throw new ArgumentNullException(nameof(text))), options ?? new FlexLmLogOptions());

    /// <summary>
    /// Reads a stream in the same way as <see cref="ReadFile"/>, with <see cref="FlexLmLogOptions.WrittenAt"/> as the time
    /// of the last write; a stream that cannot seek in the same way as <see cref="Read(TextReader, FlexLmLogOptions?)"/>.
    /// </summary>
    /// <param name="stream">The bytes of the file; it is not disposed of.</param>
    /// <param name="options">How to read it, and what to return; null for everything.</param>
    /// <returns>The events, read while they are enumerated.</returns>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    public static IEnumerable<FlexLmLogEvent> Read(Stream stream, FlexLmLogOptions? options = null) =>
        (stream ?? throw new ArgumentNullException(nameof(stream))).CanSeek
            ? ReadAhead(stream, options ?? new FlexLmLogOptions())
            : Read(LineReader.Of(stream), options ?? new FlexLmLogOptions());

    /// <summary>Opens a log so that other programs can still write to it, rename it and delete it.</summary>
    internal static FileStream Open(string path)
    {
        const int BufferSize = 1;
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.SequentialScan);
    }

    private static IEnumerable<FlexLmLogEvent> ReadFileCore(string path, FlexLmLogOptions options)
    {
        using FileStream stream = Open(path);
        FlexLmLogOptions ofFile = options with
        {
            Source = options.Source.Length > 0 ? options.Source : path,
            WrittenAt = new DateTimeOffset(File.GetLastWriteTimeUtc(path)),
        };
        foreach (FlexLmLogEvent item in ReadAhead(stream, ofFile))
        {
            yield return item;
        }
    }

    private static IEnumerable<FlexLmLogEvent> ReadAhead(Stream stream, FlexLmLogOptions options)
    {
        long position = stream.Position;
        DateTime start = options.StartDate ?? FindStart(stream, options);
        stream.Position = position;
        using CompressedLog? unpacked = CompressedLog.Unpack(stream);
        foreach (FlexLmLogEvent item in Read(LineReader.Of(unpacked ?? stream), options, start))
        {
            yield return item;
        }
    }

    private static DateTime FindStart(Stream stream, FlexLmLogOptions options)
    {
        using CompressedLog? unpacked = CompressedLog.Unpack(stream);
        return StartDate.Find(LineReader.Of(unpacked ?? stream), options.TimeZone, (options.WrittenAt ?? DateTimeOffset.UtcNow).UtcDateTime);
    }

    private static IEnumerable<FlexLmLogEvent> Read(LineReader lines, FlexLmLogOptions options)
    {
        DateTime start = options.StartDate ?? TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, options.TimeZone).Date;
        return Read(lines, options, start);
    }

    private static IEnumerable<FlexLmLogEvent> Read(LineReader lines, FlexLmLogOptions options, DateTime start)
    {
        var parser = new LogParser(options, options.Source, start, options.StartDate is null ? DateOrigin.Inferred : DateOrigin.Said);
        while (lines.TryReadToEnd(out TextSlice line))
        {
            if (parser.Read(line, lines.LineNumber) is { } item)
            {
                yield return item;
            }
        }

        if (parser.Warning is { } warning)
        {
            options.OnWarning?.Invoke(warning);
        }
    }
}
