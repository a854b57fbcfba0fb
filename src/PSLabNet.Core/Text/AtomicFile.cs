using System;
using System.IO;
using System.Text;

namespace PSLabNet.Text;

/// <summary>
/// Writes a file so that a reader sees the old one or the new one, never half of it: to a temporary file in the same
/// folder, which then takes the place of the old one.
/// </summary>
internal static class AtomicFile
{
    // Shares, quotas and thin disks say that they are full only when data arrive there, and the name must not be given
    // to what a power cut would leave empty: so each block is written through. Flush(flushToDisk) would pass over the
    // error on Linux.
    private const int BlockSize = 64 * 1024;

    /// <summary>Writes text as UTF-8 without a mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the text.</param>
    /// <exception cref="IOException">The folder can't be written to, or the disk is full; the old file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or folder must not be written.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        if (path is null || write is null)
        {
            throw new ArgumentNullException(path is null ? nameof(path) : nameof(write));
        }

        // Who may write in a folder may replace what nobody may write there, on all systems but Windows.
        if (File.Exists(path) && (File.GetAttributes(path) & FileAttributes.ReadOnly) != 0)
        {
            throw new UnauthorizedAccessException($"The file '{path}' is read-only.");
        }

        // Collectors read *.prom: the temporary file must not end like the file itself.
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BlockSize, FileOptions.WriteThrough))
            using (var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                write(writer);
            }

            if (File.Exists(path))
            {
                File.Replace(temporary, path, null);
            }
            else
            {
                File.Move(temporary, path);
            }
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
