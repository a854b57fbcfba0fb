using System;
using System.Collections.Generic;
using System.Globalization;
using PSLabNet.FlexLm.Logs;

namespace PSLabNet.FlexLm.Report.Data;

/// <content>Adds what comes from text: output of lmstat and debug logs.</content>
internal sealed partial class FlexLmReportBuilder
{
    private readonly HashSet<string> withoutDates = new(StringComparer.Ordinal);

    /// <summary>The kinds of log events that a report needs, for <see cref="FlexLmLogOptions.Kinds"/>.</summary>
    public static IReadOnlyList<FlexLmLogKind> LogKinds { get; } =
    [
        FlexLmLogKind.Out, FlexLmLogKind.In, FlexLmLogKind.Denied, FlexLmLogKind.Unsupported,
        FlexLmLogKind.Started, FlexLmLogKind.Restarted,
    ];

    /// <summary>Adds the report of one run of lmstat.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <exception cref="ArgumentNullException"><paramref name="snapshot"/> is null.</exception>
    public void Add(FlexLmSnapshot snapshot)
    {
        FlexLmSnapshot given = snapshot ?? throw new ArgumentNullException(nameof(snapshot));
        foreach (FlexLmServerStatus server in given.Servers)
        {
            Add(server);
        }

        foreach (FlexLmFeature feature in given.Features)
        {
            Add(feature);
        }

        if (!given.IsComplete)
        {
            AddGap(Say("The output of lmstat{0} ends in the middle, or its numbers do not add up.", given));
        }

        if (given.Unparsed.Count > 0)
        {
            AddGap(Say("In the output of lmstat{0}, {1} not understood.", given, ReportText.Count(given.Unparsed.Count, "line was", "lines were")));
        }
    }

    /// <summary>
    /// Adds a log event. OUT and IN give the use over time, DENIED and UNSUPPORTED the denials. Add events in the order of
    /// their log, and the logs of one daemon in the order of time.
    /// </summary>
    /// <param name="item">The event.</param>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    public void Add(FlexLmLogEvent item)
    {
        FlexLmLogEvent given = item ?? throw new ArgumentNullException(nameof(item));
        denials.Saw(given.Time);
        meter.Add(given);
        switch (given.Kind)
        {
            case FlexLmLogKind.Out:
                use.Change(given, given.Count);
                break;
            case FlexLmLogKind.In:
                use.Change(given, -given.Count);
                break;
            case FlexLmLogKind.Denied or FlexLmLogKind.Unsupported:
                use.Deny(given);
                denials.Add(given);
                break;
            case FlexLmLogKind.Started or FlexLmLogKind.Restarted:
                use.Restart(given);
                return;
            default:
                return;
        }

        if (!given.IsDateKnown && withoutDates.Add(given.Source))
        {
            AddGap(string.Format(
                CultureInfo.InvariantCulture,
                "The log{0} does not begin with a date, so some dates are inferred.",
                given.Source.Length > 0 ? " " + given.Source : string.Empty));
        }
    }

    private static string Say(string format, FlexLmSnapshot snapshot, string count = "")
    {
        string source = snapshot.Source.Length > 0 ? " in " + snapshot.Source : string.Empty;
        string time = snapshot.ReportedAt is DateTimeOffset at ? " of " + ReportText.Time(at) : string.Empty;
        return string.Format(CultureInfo.InvariantCulture, format, time + source, count);
    }
}
