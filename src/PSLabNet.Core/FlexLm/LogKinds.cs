using PSLabNet.Text;

namespace PSLabNet.FlexLm;

/// <summary>Finds the kind of a message from its first words (License Administration Guide, "Informational Messages").</summary>
internal static class LogKinds
{
    // Written by the vendor daemon, or by lmgrd about itself.
    private static readonly string[] Stops =
    [
        "EXITING", "Exiting", "Shutdown requested", "SHUTDOWN requested", "SERVER shutdown requested", "daemon shutdown requested",
        "lmgrd shutting down", "Shutting down", "License server shutting down", "No features to serve, exiting",
    ];

    // Words that lmgrd writes about a vendor daemon that is gone. A status, a signal or a reason may follow.
    private static readonly string[] Exits = ["exited", "died", "terminated", "killed", "crashed"];

    // If these words come first, the message is not about a daemon as a whole.
    private static readonly string[] NoDaemons = ["User ", "user ", "Client ", "client ", "Child ", "child ", "Process ", "process ", "Thread ", "thread ", "Connection ", "SERVER "];

    private static readonly string[] Starts = ["Server started on ", "License server manager (lmgrd) started", "License server system started on "];

    /// <summary>Returns the kind of a message.</summary>
    /// <param name="text">The message.</param>
    /// <param name="rest">Where the part about licenses begins; 0 if there is none.</param>
    /// <param name="target">The vendor daemon that lmgrd starts or stops.</param>
    public static FlexLmLogKind Of(TextSlice text, out int rest, out TextSlice target)
    {
        target = default;
        rest = 0;
        if (text.IsEmpty)
        {
            return FlexLmLogKind.Other;
        }

        FlexLmLogKind kind = text[0] switch
        {
            'O' => Event(text, "OUT:", FlexLmLogKind.Out),
            'I' when text.IsAt("N:", 1) => FlexLmLogKind.In,
            'I' => Event(text, "INUSE:", FlexLmLogKind.InUse),
            'D' => text.StartsWith("DENIED:") ? FlexLmLogKind.Denied : Event(text, "DEQUEUED:", FlexLmLogKind.Dequeued),
            'Q' => Event(text, "QUEUED:", FlexLmLogKind.Queued),
            'U' => text.StartsWith("UNSUPPORTED:") ? FlexLmLogKind.Unsupported : Event(text, "UPGRADE:", FlexLmLogKind.Upgrade),
            'E' => Event(text, "EXPIRED:", FlexLmLogKind.Expired),
            'T' => Event(text, "TIMESTAMP ", FlexLmLogKind.Timestamp),
            _ => FlexLmLogKind.Other,
        };
        if (kind == FlexLmLogKind.Other)
        {
            return OfDaemon(text, out target);
        }

        rest = kind == FlexLmLogKind.Timestamp ? 0 : text.IndexOf(':') + 1;
        return kind;
    }

    /// <summary>True if a daemon has exited; false if a stop was only requested.</summary>
    /// <param name="text">A message of the kind Shutdown.</param>
    public static bool IsExit(TextSlice text) => text.StartsWith("EXITING") || text.StartsWith("Exiting") || TryExited(text, out _) || EndsWithExiting(text);

    private static FlexLmLogKind Event(TextSlice text, string mark, FlexLmLogKind kind) => text.StartsWith(mark) ? kind : FlexLmLogKind.Other;

    private static FlexLmLogKind OfDaemon(TextSlice text, out TextSlice target)
    {
        const string ShuttingDown = "Shutting down ";
        target = default;
        if (text.StartsWithAny(Stops))
        {
            target = text.StartsWith(ShuttingDown) ? NameAt(text, ShuttingDown.Length) : default;
            return FlexLmLogKind.Shutdown;
        }

        if (TryExited(text, out target) || EndsWithExiting(text))
        {
            return FlexLmLogKind.Shutdown;
        }

        if (text.StartsWithAny(Starts))
        {
            return FlexLmLogKind.Started;
        }

        // REStarted MLM (internet tcp_port 27001 pid 4711); Started MLM (...)
        bool isAgain = text.StartsWith("REStarted ") || text.StartsWith("Restarted ");
        if ((isAgain || text.StartsWith("Started ")) && text.IndexOf('(') > 0)
        {
            target = NameAt(text, text.IndexOf(' ') + 1);
            return isAgain ? FlexLmLogKind.Restarted : FlexLmLogKind.Started;
        }

        // FlexNet Licensing (v11.19.6 build ...) started on HOST (linux) (7/18/2018)
        bool isManager = (text.StartsWith("FlexNet Licensing (") || text.StartsWith("FLEXnet Licensing (") || text.StartsWith("FLEXlm (")) && text.IndexOf(") started on ") > 0;
        return isManager ? FlexLmLogKind.Started : FlexLmLogKind.Other;
    }

    // lmgrd: MLM exited with status 0 signal = 11; Vendor daemon MLM died; "MLM" terminated
    private static bool TryExited(TextSlice text, out TextSlice target)
    {
        const string Daemon = "Vendor daemon ";
        target = default;
        int from = text.StartsWith(Daemon) || text.StartsWith("vendor daemon ") ? Daemon.Length : 0;
        TextSlice name = NameAt(text, from);
        TextSlice rest = text.From(from + name.Length).Trim();
        rest = rest.StartsWith("has ") || rest.StartsWith("was ") ? rest.From("has ".Length) : rest;
        if (name.IsEmpty || !rest.StartsWithAny(Exits) || (from == 0 && text.StartsWithAny(NoDaemons)))
        {
            return false;
        }

        name = name[name.Length - 1] == ':' ? name.Part(0, name.Length - 1) : name;
        target = name.Length > 2 && name[0] == '"' && name[name.Length - 1] == '"' ? name.Part(1, name.Length - 2) : name;
        return true;
    }

    // Lost connection to lmgrd, heartbeat timeout expired, exiting.
    private static bool EndsWithExiting(TextSlice text) => text.EndsWith(", exiting.") || text.EndsWith(", exiting") || text.EndsWith(". Exiting.") || text.EndsWith("; exiting");

    private static TextSlice NameAt(TextSlice text, int from)
    {
        int end = from;
        while (end < text.Length && text[end] is not (' ' or '('))
        {
            end++;
        }

        return text.Part(from, end - from);
    }
}
