using System;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>
/// How much text is taken from one server: bytes of each text (the license file, the license sets and the feature names of
/// a vendor daemon), and lines, pools and names in all.
/// </summary>
internal sealed class TextLimits
{
    /// <summary>Bytes of one text if the caller says nothing: some ten times as much as the longest license files have.</summary>
    public const int DefaultBytes = 16 * 1024 * 1024;

    /// <summary>The smallest limit.</summary>
    public const int LeastBytes = 1024;

    /// <summary>The greatest limit.</summary>
    public const int GreatestBytes = 1024 * 1024 * 1024;

    // A license line with its signature has some 250 bytes, so a text of real lines meets the limit of bytes first. The objects
    // of each line take 2 KiB.
    private const int BytesPerLine = 256;

    public TextLimits(int mostBytes)
    {
        MostBytes = mostBytes;
        MostLines = Math.Max(mostBytes / BytesPerLine, 1);
        SetLines = new CountBudget(MostLines);
        Pools = new CountBudget(MostLines);
    }

    /// <summary>Bytes of one text.</summary>
    public int MostBytes { get; }

    /// <summary>Lines of the license file, and names of the features of one vendor daemon.</summary>
    public int MostLines { get; }

    /// <summary>Lines of the license sets of all vendor daemons that may still be taken.</summary>
    public CountBudget SetLines { get; }

    /// <summary>Pools of all vendor daemons that may still be made.</summary>
    public CountBudget Pools { get; }

    /// <summary>Bytes taken from the server over all its connections: what is not text, and one text.</summary>
    public long MostBytesOfServer => QueryLimits.BytesBesideText + (long)MostBytes;

    /// <summary>Says that something is longer than the limit, and how to get all of it.</summary>
    public string TooLong(string what) => FormattableString.Invariant(
        $"{what} longer than {Describe(MostBytes)}; the rest is left out. -MaxTextSize raises the limit.");

    /// <summary>Says that there is more of something than the limit, and how to get all of it.</summary>
    public static string TooMany(string what, int leftOutCount) => FormattableString.Invariant(
        $"{what}; {leftOutCount} more are left out. -MaxTextSize raises the limit.");

    private static string Describe(int bytes) => bytes % MiB == 0
        ? FormattableString.Invariant($"{bytes / MiB} MiB")
        : FormattableString.Invariant($"{bytes} bytes");

    private const int MiB = 1024 * 1024;
}
