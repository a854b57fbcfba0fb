using System.IO;
using System.Text;

namespace PSLabNet.Text;

/// <summary>Opens text files of people and programs: UTF-8, else Latin-1, or UTF-16, each with or without a byte order mark.</summary>
internal static class TextFile
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Opens a file as logs are opened: others may edit or replace it meanwhile.</summary>
    /// <exception cref="IOException">The file can't be opened.</exception>
    /// <exception cref="System.UnauthorizedAccessException">The file must not be read.</exception>
    public static StreamReader Open(string path) =>
        Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.SequentialScan));

    /// <summary>Reads the text of a stream. Closing the reader closes the stream.</summary>
    public static StreamReader Open(Stream stream) =>
        new(stream, FindUnmarked(stream) ?? Utf8OrLatin1.Encoding, detectEncodingFromByteOrderMarks: true, BufferSize);

    // A pipe can't be read twice.
    private static Encoding? FindUnmarked(Stream stream)
    {
        if (!stream.CanSeek)
        {
            return null;
        }

        var start = new byte[UnmarkedUtf16.Length];
        int count = 0;
        int read;
        while (count < start.Length && (read = stream.Read(start, count, start.Length - count)) > 0)
        {
            count += read;
        }

        stream.Position = 0;
        return UnmarkedUtf16.Find(start, count);
    }
}
