using System;
using System.IO;
using System.Text;

namespace PSLabNet.FlexLm.Metrics;

/// <summary>
/// Writes a file so that a reader sees the old one or the new one, never half of it: to a temporary file in the same
/// folder, which then takes the place of the old one.
/// </summary>
public static class ReplacedFile
{
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

        // Collectors read *.prom: the temporary file must not end like the file itself.
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var writer = new StreamWriter(temporary, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
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
