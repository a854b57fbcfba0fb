using System.Text;

namespace PSLabNet.Text;

/// <summary>Recognizes UTF-16 without a byte order mark, as some editors and programs for Windows write it.</summary>
internal static class UnmarkedUtf16
{
    private const byte LastAscii = 0x7F;

    /// <summary>The encoding of a text whose first character is ASCII; null if its first two bytes are not UTF-16.</summary>
    public static Encoding? Find(byte first, byte second) => (first, second) switch
    {
        ( > 0 and <= LastAscii, 0) => Encoding.Unicode,
        (0, > 0 and <= LastAscii) => Encoding.BigEndianUnicode,
        _ => null,
    };
}
