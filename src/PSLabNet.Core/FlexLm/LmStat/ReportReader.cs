using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>The part of a report that a line belongs to.</summary>
internal enum ReportPart
{
    Header,
    Servers,
    Vendors,
    Features,
    Table,
}

/// <summary>Reads one report: passes each line to the reader for its kind, and keeps the lines that were not understood.</summary>
internal sealed class ReportReader
{
    private const string StatusMark = "Flexible License Manager status on ";
    private const string CopyrightMark = " - Copyright (";

    // Lines without data: notes, rules, and the line that announces the usage.
    private static readonly string[] Noise =
    [
        "[Detecting lmgrd processes", "Detecting lmgrd processes", "NOTE: lmstat -i does not give information from the server",
        "but only reads the license file.", "lmstat -a is recommended instead", "lmstat v", "lmutil v", "FlexNet Licensing v",
    ];

    private readonly FlexLmStatOptions options;
    private readonly List<FlexLmUnparsedLine> unparsed = [];
    private readonly List<string> warnings = [];
    private readonly ServerLines servers;
    private readonly FeatureLines features;
    private readonly FeatureInventory table;
    private DateTimeOffset? reportedAt;
    private bool hasCopyright;
    private bool hasUsage;
    private long lastLine;
    private ReportPart part;

    public ReportReader(FlexLmStatOptions options, StringCache strings)
    {
        this.options = options;
        servers = new ServerLines(options);
        features = new FeatureLines(options, strings);
        table = new FeatureInventory(options, strings);
    }

    public bool IsEmpty => lastLine == 0;

    private DateTimeOffset CheckedAt => reportedAt ?? TimeZoneInfo.ConvertTime(options.ReadAt, options.TimeZone);

    /// <summary>True if a line begins the next report.</summary>
    public bool IsEndedBy(TextSlice line)
    {
        bool hasContent = hasCopyright || reportedAt is not null || !servers.IsEmpty || !features.IsEmpty || !table.IsEmpty;
        return hasContent
            && (IsCopyright(line) || (line.StartsWith(StatusMark) && (reportedAt is not null || !servers.IsEmpty || !features.IsEmpty)));
    }

    public void Add(TextSlice line, long number)
    {
        lastLine = number;
        LineResult result = Read(line);
        if (result != LineResult.Understood)
        {
            unparsed.Add(new FlexLmUnparsedLine(number, PrintableText.Escape(line.ToString())));
        }
    }

    public FlexLmSnapshot ToSnapshot()
    {
        bool isWhole = IsWhole();
        table.MergeInto(features);
        FlexLmFeature[] built = [.. features.Build(CheckedAt)];
        FlexLmServerStatus[] statuses = [.. servers.Sections.Select(section => section.ToStatus(CheckedAt))];
        string[] notes = [.. warnings, .. Notes()];
        return new FlexLmSnapshot
        {
            Source = options.Source,
            Servers = statuses,
            Vendors = [.. statuses.SelectMany(status => status.Vendors)],
            Features = built,
            Unparsed = unparsed,
            ReportedAt = reportedAt,
            Warnings = notes,
            IsComplete = isWhole,
        };
    }

    private static bool IsCopyright(TextSlice line)
    {
        // "lmutil - Copyright (c) 1989-2024 Flexera. All Rights Reserved." The program's name may differ.
        int place = line.IndexOf(' ');
        return place > 0 && line.IsAt(CopyrightMark, place);
    }

    private LineResult Read(TextSlice line)
    {
        if (part == ReportPart.Features && features.TryUsage(line, CheckedAt) is { } usage)
        {
            return usage;
        }

        if (features.TryHeader(line, servers.Current) is { } header)
        {
            part = ReportPart.Features;
            return header;
        }

        if (servers.TryRead(line, part, CheckedAt) is { } next)
        {
            part = next;
            features.End();
            return LineResult.Understood;
        }

        if (table.TryHeader(line))
        {
            part = ReportPart.Table;
            return LineResult.Understood;
        }

        return (part == ReportPart.Table && table.TryRow(line, servers.Current)) || TryHeaderLine(line) || IsNoise(line)
            ? LineResult.Understood
            : LineResult.Unknown;
    }

    private bool TryHeaderLine(TextSlice line)
    {
        if (line.StartsWith(StatusMark))
        {
            return reportedAt is null && TryTime(line.From(StatusMark.Length));
        }

        if (IsCopyright(line))
        {
            hasCopyright = true;
            return true;
        }

        if (line.StartsWith("Feature usage info:"))
        {
            part = ReportPart.Features;
            hasUsage = true;
            return true;
        }

        // Some versions of -i write the time without words.
        return part == ReportPart.Header && hasCopyright && reportedAt is null && TryTime(line);
    }

    // Mon 2/10/2025 11:26
    private bool TryTime(TextSlice text)
    {
        text = text.Trim();
        int first = text.IndexOf(' ');
        int second = first < 0 ? -1 : text.IndexOf(' ', first + 1);
        if (second < 0
            || !LocalTime.TryMonthAndDay(text.Part(first + 1, second - first - 1), out int year, out int month, out int day)
            || !LocalTime.TryDate(year, month, day, out DateTime date)
            || !LocalTime.TryClock(text.From(second + 1).Trim(), out TimeSpan clock))
        {
            return false;
        }

        reportedAt = LocalTime.In(options.TimeZone, date + clock);
        return true;
    }

    private static bool IsNoise(TextSlice line)
    {
        if (line[0] is '-' or '_' or '=' or '*')
        {
            int at = 0;
            while (at < line.Length && (line[at] == line[0] || line[at] is ' ' or '\t'))
            {
                at++;
            }

            if (at == line.Length)
            {
                return true;
            }
        }

        return line.StartsWithAny(Noise);
    }

    private IEnumerable<string> Notes()
    {
        if (unparsed.Count > 0)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "Lines that were not understood: {0}, the first is line {1}; see Unparsed.", unparsed.Count, unparsed[0].LineNumber);
        }

        foreach (string note in features.Notes())
        {
            yield return note;
        }
    }

    private bool IsWhole()
    {
        bool hasContent = !servers.IsEmpty || !features.IsEmpty || !table.IsEmpty;
        bool endsUnknown = unparsed.Count > 0 && unparsed[unparsed.Count - 1].LineNumber == lastLine;
        return hasContent && !endsUnknown && servers.IsWhole(part)
            && (!hasUsage || !features.IsEmpty || !table.IsEmpty)
            && !features.IsCutOff
            && (part != ReportPart.Table || !table.IsEmpty);
    }
}

/// <summary>The outcome of reading a line.</summary>
internal enum LineResult
{
    Understood,

    /// <summary>Its main part is in the objects, but some of it was not understood.</summary>
    Partly,

    Unknown,
}
