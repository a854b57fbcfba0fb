using System;
using System.Globalization;
using System.IO;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>
/// The only way to write to the page. Markup is literal text of this program. Everything else goes through the escaping of
/// <see cref="Text"/> or <see cref="Value"/>, so escaping is decided only here.
/// </summary>
internal sealed class Html
{
    /// <summary>Longer values are cut, because one long name would push everything else off the page.</summary>
    public const int ShownLength = 160;

    /// <summary>Length of a cut value in its tooltip. Browsers show no more, and a page with many must stay small.</summary>
    public const int TooltipLength = 1000;

    // Characters below the first right-to-left script, except surrogates, do not change the order of their neighbors.
    private const char FirstBidirectional = '\u0590';

    private readonly TextWriter writer;

    public Html(TextWriter writer) => this.writer = writer;

    /// <summary>Writes markup of this program, never a value.</summary>
    public Html Raw(string markup)
    {
        writer.Write(markup);
        return this;
    }

    /// <summary>Writes a value as text: made printable, cut if it is long, isolated if it may run from right to left.</summary>
    public Html Text(string? value)
    {
        string shown = Printable(value);
        bool isolate = MayRunRightToLeft(shown);
        bool cut = shown.Length > ShownLength;
        if (cut)
        {
            writer.Write(isolate ? "<bdi title=\"" : "<span title=\"");
            Escape(Cut(shown, TooltipLength, value!.Length));
            writer.Write("\">");
            Escape(Cut(shown, ShownLength, value.Length));
            writer.Write(isolate ? "</bdi>" : "</span>");
        }
        else if (isolate)
        {
            writer.Write("<bdi>");
            Escape(shown);
            writer.Write("</bdi>");
        }
        else
        {
            Escape(shown);
        }

        return this;
    }

    /// <summary>Writes a value inside an attribute's quotes, or where only text is allowed, as in a title: made printable and cut.</summary>
    public Html Value(string? value)
    {
        Escape(Cut(Printable(value), ShownLength, value?.Length ?? 0));
        return this;
    }

    public Html Number(long number) => Raw(number.ToString(CultureInfo.InvariantCulture));

    public Html Number(int number) => Number((long)number);

    /// <summary>Writes a number, or a dash if it is unknown.</summary>
    public Html Number(int? number) => number is int known ? Number(known) : Raw("–");

    /// <summary>Writes a number with at most one decimal, for shapes and averages.</summary>
    public Html Number(double number) => Raw(number.ToString("0.#", CultureInfo.InvariantCulture));

    public Html Time(DateTimeOffset time) => Raw(ReportText.Time(time));

    public Html Time(DateTimeOffset? time) => time is DateTimeOffset known ? Time(known) : Raw("–");

    // A name can be 64 KiB long and occur in a thousand places, so only the part that is shown is escaped.
    private static string Printable(string? value) =>
        PrintableText.Escape(value is { Length: > TooltipLength } ? value.Substring(0, TooltipLength + 1) : value);

    private static string Cut(string text, int length, int whole)
    {
        if (text.Length <= length)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return string.Format(CultureInfo.InvariantCulture, "{0}… ({1} characters)", text.Substring(0, end), whole);
    }

    private static bool MayRunRightToLeft(string text)
    {
        foreach (char c in text)
        {
            if (c >= FirstBidirectional)
            {
                return true;
            }
        }

        return false;
    }

    private void Escape(string text)
    {
        int written = 0;
        for (int at = 0; at < text.Length; at++)
        {
            string? entity = Entity(text[at]);
            if (entity is not null)
            {
                writer.Write(text.Substring(written, at - written));
                writer.Write(entity);
                written = at + 1;
            }
        }

        writer.Write(written == 0 ? text : text.Substring(written));
    }

    // HTML allows the two non-characters and XML does not, and the page is both.
    private static string? Entity(char c) => c switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\uFFFE' => "\\ufffe",
        '\uFFFF' => "\\uffff",
        _ => null,
    };
}
