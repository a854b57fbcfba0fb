using System;
using System.Collections.Generic;
using System.IO;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>Reads options files of vendor daemons (License Administration Guide, "Managing the Options File").</summary>
public static class FlexLmOptionsFile
{
    /// <summary>Reads the lines one by one.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="source">Name of the file, for the options and faults.</param>
    /// <param name="onFault">Receives every line that could not be parsed, as a finding.</param>
    /// <returns>The options, in order.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IEnumerable<FlexLmOption> Read(TextReader reader, string source, Action<FlexLmOptionFinding> onFault)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(onFault);
        return ReadLines(reader, source, onFault);
    }

    /// <summary>Opens an options file: UTF-8, else Latin-1, or UTF-16, each with or without a byte order mark.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The text; the caller closes it.</returns>
    /// <exception cref="IOException">The file can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static TextReader Open(string path) => TextFile.Open(path);

    /// <summary>Checks options against each other and, if they are given, against license lines.</summary>
    /// <param name="options">All options of one file, in order.</param>
    /// <param name="licenses">The lines of the license file, or null if there is none to check against.</param>
    /// <returns>What is wrong, or probably wrong, by line.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public static IReadOnlyList<FlexLmOptionFinding> Check(IReadOnlyList<FlexLmOption> options, IReadOnlyList<FlexLmLicenseLine>? licenses = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OptionRules(options, licenses).Check();
    }

    private static IEnumerable<FlexLmOption> ReadLines(TextReader reader, string source, Action<FlexLmOptionFinding> onFault)
    {
        var lines = new OptionLineReader(reader);
        while (lines.Read() is { } line)
        {
            string? fault = OptionLineParser.TryParse(line, source, lines.StartLine, out FlexLmOption? option);
            if (fault is null)
            {
                yield return option!;
                continue;
            }

            onFault(new FlexLmOptionFinding(source, lines.StartLine, FirstWord(line), FlexLmOptionSeverity.Error, fault, "Correct the line."));
        }
    }

    private static string FirstWord(string line)
    {
        int end = line.IndexOfAny([' ', '\t']);
        return PrintableText.Escape(end < 0 ? line : line.Substring(0, end));
    }
}
