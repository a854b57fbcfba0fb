namespace PSLabNet.Text;

/// <summary>
/// Returns the same string for the same text, because names of users, hosts and features repeat. If another text has
/// displaced a string, it is created again. The cache grows with the number of displaced strings, up to a limit.
/// </summary>
internal sealed class StringCache
{
    private const int FirstSize = 512;
    private const int LastSize = 32 * 1024;
    private const int LongestText = 64;

    private Entry[] entries = new Entry[FirstSize];
    private int displaced;

    /// <summary>The text, escaped for terminals.</summary>
    public string Get(TextSlice text)
    {
        if (text.IsEmpty)
        {
            return string.Empty;
        }

        if (text.Length > LongestText)
        {
            return text.ToPrintable();
        }

        ref Entry entry = ref entries[(int)text.Hash() & (entries.Length - 1)];
        if (entry.Raw is not null && text.Is(entry.Raw))
        {
            return entry.Shown!;
        }

        string raw = text.ToString();
        string shown = PrintableText.Escape(raw);
        displaced += entry.Raw is null ? 0 : 1;
        entry = new Entry { Raw = raw, Shown = shown };
        if (displaced > entries.Length && entries.Length < LastSize)
        {
            entries = new Entry[entries.Length * 4];
            displaced = 0;
        }

        return shown;
    }

    private struct Entry
    {
        public string? Raw;
        public string? Shown;
    }
}
