using System;
using System.Linq;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>Turns lines into events. It creates strings only for requested events.</summary>
internal sealed class LogParser
{
    private readonly FlexLmLogOptions options;
    private readonly StringCache strings = new();
    private readonly LogClock clock;
    private readonly bool[] isWanted = new bool[Enum.GetValues(typeof(FlexLmLogKind)).Length];
    private readonly string source;
    private bool hasForm;
    private string? firstLine;

    public LogParser(FlexLmLogOptions options, string source, DateTime start, DateOrigin origin)
    {
        this.options = options;
        this.source = source;
        clock = new LogClock(options.TimeZone, start, origin);
        for (int kind = 0; kind < isWanted.Length; kind++)
        {
            isWanted[kind] = options.Kinds.Count == 0 || options.Kinds.Contains((FlexLmLogKind)kind);
        }
    }

    /// <summary>A warning about the lines that were read; null if there is none.</summary>
    public string? Warning => hasForm || firstLine is null
        ? null
        : $"No line of '{PrintableText.Escape(source)}' has the form of a debug log, which is \"hh:mm:ss (daemon) message\". Its first line is: {PrintableText.EscapeStart(firstLine)}";

    /// <summary>Reads a line.</summary>
    /// <returns>Null if the line is blank or not requested.</returns>
    public FlexLmLogEvent? Read(TextSlice raw, long number)
    {
        LogLine line = LogLine.Of(raw);
        if (line.Message.IsEmpty && !line.HasTime)
        {
            return null;
        }

        hasForm |= line.HasTime;
        firstLine ??= line.Message.ToPrintable();
        if (line.Date is { } date)
        {
            clock.Set(date + line.Clock, line.Offset);
        }
        else if (line.YearlessDate.Month > 0)
        {
            clock.Set(line.YearlessDate, line.Clock);
        }
        else if (line.HasTime)
        {
            clock.Tick(line.Clock);
        }

        LogMessage message = LogMessage.Of(line.Message);
        if (line.HasTime && line.Date is null && line.YearlessDate.Month == 0 && LogDates.TryRead(line.Message, message.Kind, line.Clock, out DateTime said))
        {
            clock.SetDate(said);
        }

        return isWanted[(int)message.Kind] && IsInTime() ? ToEvent(line, message, number) : null;
    }

    private bool IsInTime() => !(clock.Now < options.After) && !(clock.Now > options.Before);

    private FlexLmLogEvent? ToEvent(LogLine line, LogMessage message, long number)
    {
        string feature = strings.Get(message.Feature);
        string user = strings.Get(message.User);
        if ((options.Feature is { } isFeature && !isFeature(feature)) || (options.User is { } isUser && !isUser(user)))
        {
            return null;
        }

        return new FlexLmLogEvent
        {
            Time = clock.Now,
            IsDateKnown = clock.IsDateKnown,
            Daemon = strings.Get(line.Daemon),
            Kind = message.Kind,
            Feature = feature,
            User = user,
            HostName = strings.Get(message.Host),
            Count = message.Count,
            Project = strings.Get(message.Project),
            Reason = strings.Get(message.Reason),
            ErrorNumber = message.Numbers?.Code,
            MinorNumber = message.Numbers?.Minor,
            SystemNumber = message.Numbers?.System,
            Target = strings.Get(message.Target),
            LineNumber = number,
            Source = source,
            Text = line.Message.ToPrintable(),
            IsExit = message.IsExit,
        };
    }
}
