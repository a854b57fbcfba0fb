using System.Text;

namespace PSLabNet.Text;

/// <summary>Recognizes UTF-16 without a byte order mark, as some editors and programs for Windows write it.</summary>
internal static class UnmarkedUtf16
{
    /// <summary>The number of bytes that are needed: two characters. One zero byte alone is damage in a text of bytes.</summary>
    public const int Length = 4;

    private const byte LastAscii = 0x7F;

    /// <summary>The encoding of a text whose first two characters are ASCII; null if its first bytes are not UTF-16.</summary>
    /// <param name="start">The first bytes of the text.</param>
    /// <param name="count">How many of them are there.</param>
    public static Encoding? Find(byte[] start, int count) => count < Length ? null
        : IsAscii(start[0], start[1]) && IsAscii(start[2], start[3]) ? Encoding.Unicode
        : IsAscii(start[1], start[0]) && IsAscii(start[3], start[2]) ? Encoding.BigEndianUnicode
        : null;

    private static bool IsAscii(byte least, byte most) => most == 0 && least is > 0 and <= LastAscii;
}
