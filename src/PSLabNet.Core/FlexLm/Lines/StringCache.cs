using PSLabNet.Wire;

namespace PSLabNet.FlexLm.Lines;

/// <summary>
/// Gives the same string for the same text, where names of users, hosts and features come again and again. What a
/// later text displaces is simply made again: the cache never grows.
/// </summary>
internal sealed class StringCache
{
    private const int Size = 4096;
    private const int LongestText = 64;

    private readonly Entry[] entries = new Entry[Size];

    /// <summary>The text, escaped for terminals.</summary>
    public string Get(TextSlice text)
    {
        if (text.IsEmpty)
        {
            return string.Empty;
        }

        if (text.Length > LongestText)
        {
            return PrintableText.Escape(text.ToString());
        }

        uint hash = 2166136261;
        for (int at = 0; at < text.Length; at++)
        {
            hash = (hash ^ text[at]) * 16777619;
        }

        ref Entry entry = ref entries[(hash ^ (hash >> 16)) % Size];
        if (entry.Raw is null || !text.Is(entry.Raw))
        {
            string raw = text.ToString();
            entry = new Entry { Raw = raw, Shown = PrintableText.Escape(raw) };
        }

        return entry.Shown!;
    }

    private struct Entry
    {
        public string? Raw;
        public string? Shown;
    }
}
