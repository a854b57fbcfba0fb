using System.IO;

namespace PSLabNet.FlexLm.Logs;

/// <summary>Reads from a place of a file, whatever was read before.</summary>
internal static class FileBlock
{
    /// <summary>Reads bytes into the start of a buffer.</summary>
    /// <returns>Number of bytes; less than asked for only where the file ends.</returns>
    public static int Read(Stream stream, long place, byte[] buffer, int length)
    {
        stream.Position = place;
        int count = 0;
        while (count < length)
        {
            int read = stream.Read(buffer, count, length - count);
            if (read <= 0)
            {
                break;
            }

            count += read;
        }

        return count;
    }
}
