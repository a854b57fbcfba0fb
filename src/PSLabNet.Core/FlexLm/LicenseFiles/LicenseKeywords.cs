using System;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>Keywords that begin a line of a license file, in any case.</summary>
internal static class LicenseKeywords
{
    /// <summary>The kind of line that a word begins.</summary>
    /// <returns>False if no kind begins with it.</returns>
    public static bool TryParse(string word, out FlexLmLineKind kind)
    {
        kind = default;
        switch (word.Length)
        {
            case 6 when Is(word, "SERVER"):
                kind = FlexLmLineKind.Server;
                return true;
            case 6 when Is(word, "VENDOR") || Is(word, "DAEMON"):
                kind = FlexLmLineKind.Vendor;
                return true;
            case 7 when Is(word, "FEATURE"):
                kind = FlexLmLineKind.Feature;
                return true;
            case 7 when Is(word, "UPGRADE"):
                kind = FlexLmLineKind.Upgrade;
                return true;
            case 7 when Is(word, "PACKAGE"):
                kind = FlexLmLineKind.Package;
                return true;
            case 9 when Is(word, "INCREMENT"):
                kind = FlexLmLineKind.Increment;
                return true;
            case 10 when Is(word, "USE_SERVER"):
                kind = FlexLmLineKind.UseServer;
                return true;
            default:
                return false;
        }
    }

    /// <summary>True if a physical line begins with a keyword and white space.</summary>
    public static bool StartsLine(string line)
    {
        int end = 0;
        while (end < line.Length && !char.IsWhiteSpace(line[end]))
        {
            end++;
        }

        return end > 0 && end < line.Length && TryParse(line.Substring(0, end), out _);
    }

    /// <summary>True for attributes without a value that look like a license key: eight or more letters, and no underscore.</summary>
    public static bool IsBareAttribute(string word) => Is(word, "SUPERSEDE") || Is(word, "OVERDRAFT");

    private static bool Is(string word, string keyword) => string.Equals(word, keyword, StringComparison.OrdinalIgnoreCase);
}
