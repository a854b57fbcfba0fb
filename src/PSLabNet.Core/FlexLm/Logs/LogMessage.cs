using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// The parts of a message. Messages about licenses have these forms:
/// <code>
/// OUT: "MATLAB" alice@ws1  [project] (3 licenses)
/// IN: "MATLAB" alice@ws1  (INACTIVE)
/// DENIED: "MATLAB" alice@ws1  (Licensed number of users already reached. (-4,342))
/// UNSUPPORTED: "X" (PORT_AT_HOST_PLUS   ) alice@ws1  (No such feature exists. (-5,346))
/// OUT: "MATLAB" @ws1 (1) ^^^ 1.0 alice 10.0.0.1 4711 ... ^^^
/// DENIED: 2 MATLAB to alice
/// OUT: MATLAB by alice
/// IN: MATLAB by alice (used: 0:01:23)
/// </code>
/// Text in brackets is read from the end, because user names may contain anything.
/// </summary>
internal struct LogMessage
{
    private const string VerboseMark = "^^^";

    public FlexLmLogKind Kind { get; private set; }

    public TextSlice Feature { get; private set; }

    public TextSlice User { get; private set; }

    public TextSlice Host { get; private set; }

    public int Count { get; private set; }

    public TextSlice Project { get; private set; }

    public TextSlice Reason { get; private set; }

    public ErrorNumbers? Numbers { get; private set; }

    /// <summary>The vendor daemon that lmgrd writes about.</summary>
    public TextSlice Target { get; private set; }

    /// <summary>For a shutdown, true if the daemon has exited; false if a stop was only requested.</summary>
    public bool IsExit { get; private set; }

    /// <summary>Parses a message; its first word shows the kind.</summary>
    public static LogMessage Of(TextSlice text)
    {
        var message = new LogMessage { Kind = LogKinds.Of(text, out int rest, out TextSlice target), Target = target };
        message.IsExit = message.Kind == FlexLmLogKind.Shutdown && LogKinds.IsExit(text);
        if (message.Kind != FlexLmLogKind.Other && rest > 0)
        {
            message.ReadLicenses(text.From(rest).Trim());
        }

        return message;
    }

    private void ReadLicenses(TextSlice text)
    {
        Count = 1;
        int verbose = text.IndexOf(VerboseMark);
        TextSlice details = default;
        if (verbose >= 0)
        {
            details = text.From(verbose + VerboseMark.Length).Trim();
            text = text.Part(0, verbose).TrimEnd();
        }

        if (text.IsEmpty)
        {
            return;
        }

        text = ReadFeature(text);
        if (Kind == FlexLmLogKind.Unsupported && !text.IsEmpty && text[0] == '(')
        {
            // The key of the request is not needed. It is a reason only if nothing follows.
            int close = text.IndexOf(") ");
            text = close < 0 ? text : text.From(close + 1).Trim();
        }

        text = ReadBrackets(text);
        text = text.StartsWith("to ") || text.StartsWith("by ") ? text.From(3).Trim() : text;
        int at = text.LastIndexOf('@');
        User = at < 0 ? text : text.Part(0, at);
        Host = at < 0 ? default : text.From(at + 1);
        if (User.IsEmpty && verbose >= 0)
        {
            User = SecondWord(details);
        }
    }

    private TextSlice ReadFeature(TextSlice text)
    {
        if (text[0] == '"')
        {
            int quote = text.IndexOf("\" ", 1);
            quote = quote < 0 ? text.LastIndexOf('"') : quote;
            if (quote > 0)
            {
                Feature = text.Part(1, quote - 1);
                return text.From(quote + 1).Trim();
            }
        }

        int blank = text.IndexOf(' ');
        if (blank > 0 && text.Part(0, blank).TryNumber(out int count))
        {
            // The legacy form has the number before the feature. A feature can also be a number, before user@host.
            TextSlice rest = text.From(blank + 1).Trim();
            int to = rest.IndexOf(" to ");
            if (to > 0)
            {
                Count = count;
                Feature = Unquoted(rest.Part(0, to).Trim());
                return rest.From(to + 1);
            }
        }

        Feature = blank < 0 ? text : text.Part(0, blank);
        return blank < 0 ? default : text.From(blank).Trim();
    }

    private static TextSlice Unquoted(TextSlice text) =>
        text.Length > 1 && text[0] == '"' && text[text.Length - 1] == '"' ? text.Part(1, text.Length - 2) : text;

    /// <summary>Removes text in brackets from the end; the rest is the user.</summary>
    private TextSlice ReadBrackets(TextSlice text)
    {
        bool isBehindBracket = false;
        while (!text.IsEmpty)
        {
            char last = text[text.Length - 1];
            int open = last == ')' ? OpeningOf(text, '(', ')')
                : last == ']' ? OpeningOf(text, '[', ']')
                : last == '"' && isBehindBracket ? QuoteBefore(text)
                : -1;
            if (open < 0 || (open > 0 && text[open - 1] is not (' ' or '"' or ')' or ']')))
            {
                break;
            }

            TextSlice inside = text.Part(open + 1, text.Length - open - 2).Trim();
            if (last == ']')
            {
                Project = inside;
            }
            else if (last == ')' && !TryCount(inside))
            {
                ReadReason(inside);
            }

            isBehindBracket = true;
            text = text.Part(0, open).TrimEnd();
        }

        return text;
    }

    private static int OpeningOf(TextSlice text, char open, char close)
    {
        int depth = 0;
        for (int at = text.Length - 1; at >= 0; at--)
        {
            if (text[at] == close)
            {
                depth++;
            }
            else if (text[at] == open && --depth == 0)
            {
                return at;
            }
        }

        return -1;
    }

    // A version in quotes before a reason: "v2022.06"(...)
    private static int QuoteBefore(TextSlice text) => text.Part(0, text.Length - 1).LastIndexOf('"');

    private bool TryCount(TextSlice inside)
    {
        int blank = inside.IndexOf(' ');
        if (!(blank < 0 ? inside : inside.Part(0, blank)).TryNumber(out int count)
            || (blank >= 0 && !inside.From(blank + 1).StartsWith("license")))
        {
            return false;
        }

        Count = count;
        return true;
    }

    private void ReadReason(TextSlice inside)
    {
        // FLEXlm before version 6 wrote the time of use here. It is not a reason.
        if (inside.StartsWith("used:") || (!Reason.IsEmpty && Numbers is not null))
        {
            return;
        }

        if (ErrorNumbers.TryFind(inside, out ErrorNumbers numbers))
        {
            Numbers = numbers;
            inside = inside.Part(0, numbers.Start).TrimEnd();
        }

        Reason = inside;
    }

    private static TextSlice SecondWord(TextSlice text)
    {
        int blank = text.IndexOf(' ');
        if (blank < 0)
        {
            return default;
        }

        TextSlice rest = text.From(blank + 1);
        int end = rest.IndexOf(' ');
        return end < 0 ? rest : rest.Part(0, end);
    }
}
