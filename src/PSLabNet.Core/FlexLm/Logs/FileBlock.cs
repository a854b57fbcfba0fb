using System.IO;

namespace PSLabNet.FlexLm.Logs;

/// <summary>Reads at a position of a file, independent of earlier reads.</summary>
internal static class FileBlock
{
    /// <summary>Reads bytes into the start of a buffer.</summary>
    /// <returns>Number of bytes; less than requested only at the end of the file.</returns>
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
