using PSLabNet.Text;

namespace PSLabNet.FlexLm;

/// <summary>Tells the kind of a message by its first words (License Administration Guide, "Informational Messages").</summary>
internal static class LogKinds
{
    // Written by the vendor daemon, or by lmgrd about itself.
    private static readonly string[] Stops =
    [
        "EXITING DUE TO", "EXITING WITH", "Shutdown requested", "SHUTDOWN requested", "SERVER shutdown requested", "daemon shutdown requested",
        "lmgrd shutting down", "Shutting down", "License server shutting down", "No features to serve, exiting",
    ];

    private static readonly string[] Starts = ["Server started on ", "License server manager (lmgrd) started", "License server system started on "];

    /// <summary>The kind.</summary>
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

    private static FlexLmLogKind Event(TextSlice text, string mark, FlexLmLogKind kind) => text.StartsWith(mark) ? kind : FlexLmLogKind.Other;

    private static FlexLmLogKind OfDaemon(TextSlice text, out TextSlice target)
    {
        const string ShuttingDown = "Shutting down ";
        target = default;
        foreach (string stop in Stops)
        {
            if (text.StartsWith(stop))
            {
                target = text.StartsWith(ShuttingDown) ? NameAt(text, ShuttingDown.Length) : default;
                return FlexLmLogKind.Shutdown;
            }
        }

        foreach (string start in Starts)
        {
            if (text.StartsWith(start))
            {
                return FlexLmLogKind.Started;
            }
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
