using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>Reads license files (License Administration Guide, "License File Format Overview").</summary>
public static class FlexLmLicenseFile
{
    /// <summary>Reads lines one by one. It keeps none of them, so a file of any size needs the memory of its longest line.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="source">Name of the file or server, for the lines and faults.</param>
    /// <param name="onFault">Receives every line that could not be parsed.</param>
    /// <param name="onWarning">Receives every line that was read, but that FlexLM itself does not understand; null to ignore them.</param>
    /// <returns>The lines, in order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/>, <paramref name="source"/> or <paramref name="onFault"/> is null.</exception>
    public static IEnumerable<FlexLmLicenseLine> Read(
        TextReader reader, string source, Action<FlexLmLicenseFault> onFault, Action<FlexLmLicenseFault>? onWarning = null)
    {
        if (reader is null || source is null || onFault is null)
        {
            throw new ArgumentNullException(reader is null ? nameof(reader) : source is null ? nameof(source) : nameof(onFault));
        }

        return ReadLines(reader, source, onFault, onWarning, CancellationToken.None);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text of a license file.</param>
    /// <param name="source">Name of the file or server, for the lines and faults.</param>
    /// <param name="onFault">Receives every line that could not be parsed.</param>
    /// <returns>The lines, in order.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IReadOnlyList<FlexLmLicenseLine> Parse(string text, string source, Action<FlexLmLicenseFault> onFault)
    {
        ArgumentNullException.ThrowIfNull(text);

        using var reader = new StringReader(text);
        return [.. Read(reader, source, onFault)];
    }

    /// <summary>Opens a license file: UTF-8, else Latin-1, or UTF-16, each with or without a byte order mark.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The text; the caller closes it.</returns>
    /// <exception cref="IOException">The file can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static TextReader Open(string path) => TextFile.Open(path);

    /// <summary>Reads the text of a license file from a stream.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <returns>The text; closing it closes the stream.</returns>
    internal static TextReader Open(Stream stream) => TextFile.Open(stream);

    /// <summary>Reads lines one by one until a token is cancelled, also in the middle of blank lines and comments.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static IEnumerable<FlexLmLicenseLine> ReadLines(
        TextReader reader, string source, Action<FlexLmLicenseFault> onFault, Action<FlexLmLicenseFault>? onWarning, CancellationToken stop)
    {
        var lines = new LogicalLineReader(reader, stop);
        var parser = new LicenseLineParser(source);
        while (lines.Read() is { } text)
        {
            FlexLmLicenseLine? line = null;
            string? fault = lines.Fault ?? parser.TryParse(text, lines.StartLine, out line);
            if (lines.UnseenBlank is { } unseen && fault is null)
            {
                onWarning?.Invoke(new FlexLmLicenseFault(source, unseen.Line, UnseenBlanks.Warning(unseen.Character)));
            }

            if (fault is not null)
            {
                onFault(new FlexLmLicenseFault(source, lines.StartLine, fault));
            }
            else
            {
                yield return line!;
            }
        }
    }
}
