namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>
/// Returns the same string for a repeated word: keywords, vendors, versions, dates and names of attributes occur in
/// every line, and are over half of the strings of a file. A word of another text in the same place is simply made again.
/// </summary>
internal sealed class WordCache
{
    private const int Size = 512;

    // Signatures and other longer words hardly ever come twice.
    private const int LongestWord = 24;

    private readonly string?[] words = new string?[Size];

    /// <summary>A part of a line.</summary>
    public string Get(string line, int start, int length)
    {
        if (length is 0 or > LongestWord)
        {
            return line.Substring(start, length);
        }

        // Names that are counted up differ in their last characters, keywords in the first.
        int hash = (length * 7) ^ (line[start] * 31) ^ (line[start + (length / 2)] * 131) ^ (line[start + length - 1] * 17);
        ref string? word = ref words[hash & (Size - 1)];
        if (word is null || word.Length != length || string.CompareOrdinal(word, 0, line, start, length) != 0)
        {
            word = line.Substring(start, length);
        }

        return word;
    }
}
