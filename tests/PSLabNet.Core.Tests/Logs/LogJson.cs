using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Logs;

namespace PSLabNet.Tests.Logs;

/// <summary>Events and sessions as JSON, one line each, so people can read the expected files.</summary>
internal static class LogJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(IReadOnlyList<FlexLmLogEvent> events) => JsonSerializer.Serialize(
        new
        {
            Events = events.Select(Event),
            Sessions = FlexLmLogSessionTracker.Track(events).Select(Session),
        },
        Options) + "\n";

    public static string Event(FlexLmLogEvent item)
    {
        string known = item.IsDateKnown ? string.Empty : "?";
        string text = FormattableString.Invariant($"{item.LineNumber}: {item.Time:yyyy-MM-ddTHH:mm:sszzz}{known} {item.Daemon} {item.Kind}");
        text += item.Kind == FlexLmLogKind.Other ? $" {item.Text}" : string.Empty;
        text += item.Count == 0 ? string.Empty : FormattableString.Invariant($" [{item.Feature}] user={item.User} host={item.HostName} x{item.Count}");
        text += item.Project.Length == 0 ? string.Empty : $" project={item.Project}";
        text += item.Target.Length == 0 ? string.Empty : $" target={item.Target}";
        text += item.Reason.Length == 0 ? string.Empty : $" reason={item.Reason}";
        return text + (item.ErrorNumber is null ? string.Empty : FormattableString.Invariant($" {item.ErrorNumber},{item.MinorNumber}:{item.SystemNumber}"));
    }

    private static string Session(FlexLmLogSession session) => FormattableString.Invariant(
        $"{session.Daemon} [{session.Feature}] {session.User}@{session.HostName} x{session.Count} {session.Start:yyyy-MM-ddTHH:mm:sszzz} to {session.End:yyyy-MM-ddTHH:mm:sszzz} {session.Duration} {session.EndedBy} {session.Reason}").TrimEnd();
}
