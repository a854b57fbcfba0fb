using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// A line below a feature about licenses that are held, reserved or waited for. User, host and display are not yet
/// separated:
/// <code>
/// user host display (v52) (server/27004 401), start Mon 2/10 0:10, 5 licenses, PID: 1234 (linger: 0 / 300)
/// user host display 2.0 (v2.0) (server/27096 1234) queued for 2 licenses
/// 48 RESERVATIONs for GROUP g (server/27002)
/// </code>
/// It is read from its end, because the names at its beginning may contain anything.
/// </summary>
internal struct UsageLine
{
    private const string StartMark = ", start ";
    private const string QueuedMark = " queued for ";
    private const string ReservationMark = " RESERVATION";

    public FlexLmCheckoutKind Kind { get; private set; }

    /// <summary>User, host and display; for a reservation, the name of the party.</summary>
    public TextSlice Who { get; private set; }

    /// <summary>For a reservation, the kind of party: GROUP, HOST, USER ...</summary>
    public TextSlice Party { get; private set; }

    public TextSlice Version { get; private set; }

    public TextSlice Handle { get; private set; }

    /// <summary>Weekday, date and time; empty if queued or reserved.</summary>
    public TextSlice Start { get; private set; }

    public int Count { get; private set; }

    public int? ProcessId { get; private set; }

    /// <summary>True if something after the start was not understood.</summary>
    public bool HasUnknownTail { get; private set; }

    public static bool TryRead(TextSlice line, out UsageLine usage)
    {
        usage = new UsageLine { Count = 1 };
        if (line[line.Length - 1] == ')' && line[0] is >= '0' and <= '9' && usage.TryReservation(line))
        {
            return true;
        }

        usage = new UsageLine { Count = 1 };
        int start = line.LastIndexOf(StartMark);
        if (start > 0)
        {
            usage.Kind = FlexLmCheckoutKind.Checkout;
            return usage.TryHolder(line.Part(0, start)) && usage.TryTail(line.From(start + StartMark.Length));
        }

        int queued = line.LastIndexOf(QueuedMark);
        if (queued > 0 && usage.TryHolder(line.Part(0, queued)) && TryCount(line.From(queued + QueuedMark.Length).Trim(), out int count))
        {
            usage.Kind = FlexLmCheckoutKind.Queued;
            usage.Count = count;
            usage.DropVersionFromWho();
            return true;
        }

        return false;
    }

    private static bool TryCount(TextSlice text, out int count)
    {
        int blank = text.IndexOf(' ');
        count = 1;
        if (blank < 0 || !text.Part(0, blank).TryNumber(out int number))
        {
            return false;
        }

        count = number;
        TextSlice unit = text.From(blank + 1).Trim();
        return unit.Is("license") || unit.Is("licenses");
    }

    // N RESERVATION(s) for PARTY name (server/port)
    private bool TryReservation(TextSlice line)
    {
        int mark = line.IndexOf(' ');
        if (mark <= 0 || !line.Part(0, mark).TryNumber(out int count) || !line.IsAt(ReservationMark, mark))
        {
            return false;
        }

        int at = mark + ReservationMark.Length;
        at += at < line.Length && line[at] == 's' ? 1 : 0;
        int server = line.LastIndexOf(" (");
        const string For = " for ";
        if (!line.IsAt(For, at) || server < at + For.Length)
        {
            return false;
        }

        TextSlice party = line.Part(at + For.Length, server - at - For.Length).Trim();
        int blank = party.IndexOf(' ');
        Kind = FlexLmCheckoutKind.Reservation;
        Count = count;
        Party = blank < 0 ? party : party.Part(0, blank);
        Who = blank < 0 ? default : party.From(blank + 1).Trim();
        return !party.IsEmpty;
    }

    // ... (v52) (server/27004 401)
    private bool TryHolder(TextSlice text)
    {
        text = text.TrimEnd();
        if (!TryLastBrackets(text, out int open) || open == 0)
        {
            return false;
        }

        TextSlice server = text.Part(open + 1, text.Length - open - 2);
        int slash = server.LastIndexOf('/');
        if (slash < 0)
        {
            return false;
        }

        int blank = server.LastIndexOf(' ');
        Handle = blank > slash ? server.From(blank + 1) : default;
        text = text.Part(0, open).TrimEnd();
        if (TryLastBrackets(text, out int version) && version + 1 < text.Length && text[version + 1] is 'v' or 'V')
        {
            Version = text.Part(version + 2, text.Length - version - 3).Trim();
            text = text.Part(0, version).TrimEnd();
        }

        Who = text;
        return !text.IsEmpty;
    }

    private static bool TryLastBrackets(TextSlice text, out int open)
    {
        open = text.Length > 1 && text[text.Length - 1] == ')' ? text.LastIndexOf('(') : -1;
        return open >= 0;
    }

    // Mon 2/10 0:10, 5 licenses, PID: 1234 (linger: 0 / 300)
    private bool TryTail(TextSlice tail)
    {
        int end = 0;
        int blanks = 0;
        while (end < tail.Length && tail[end] != ',' && tail[end] != '(' && (tail[end] != ' ' || ++blanks < 3))
        {
            end++;
        }

        Start = tail.Part(0, end).Trim();
        tail = tail.From(end).Trim();
        while (!tail.IsEmpty)
        {
            bool isBracket = tail[0] == '(';
            int stop = isBracket ? tail.IndexOf(')') + 1 : tail[0] == ',' ? NextOf(tail, 1) : NextOf(tail, 0);
            stop = stop <= 0 ? tail.Length : stop;
            TextSlice item = tail.Part(0, stop).Trim();
            HasUnknownTail |= !TryItem(isBracket || item[0] != ',' ? item : item.From(1).Trim());
            tail = tail.From(stop).Trim();
        }

        return !Start.IsEmpty;
    }

    private static int NextOf(TextSlice tail, int from)
    {
        int at = from;
        while (at < tail.Length && tail[at] != ',' && tail[at] != '(')
        {
            at++;
        }

        // A bracket at the first position was already examined.
        return at == 0 ? 1 : at;
    }

    private bool TryItem(TextSlice item)
    {
        const string ProcessMark = "PID:";
        if (item.StartsWith(ProcessMark))
        {
            bool isNumber = item.From(ProcessMark.Length).Trim().TryNumber(out int pid);
            ProcessId = isNumber ? pid : null;
            return isNumber;
        }

        if (item.StartsWith("(linger:") || item.StartsWith("linger:") || item.StartsWith("borrow") || item.StartsWith("BORROW")
            || item.StartsWith("(BORROW") || item.StartsWith("(borrow"))
        {
            return true;
        }

        if (!TryCount(item, out int count))
        {
            return false;
        }

        Count = count;
        return true;
    }

    // A queued user's line contains the version twice.
    private void DropVersionFromWho()
    {
        int blank = Who.LastIndexOf(' ');
        if (blank > 0 && Who.From(blank + 1).Is(Version))
        {
            Who = Who.Part(0, blank).TrimEnd();
        }
    }
}
