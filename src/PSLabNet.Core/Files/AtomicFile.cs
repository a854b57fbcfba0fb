using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace PSLabNet.Files;

/// <summary>
/// Writes a file so that a reader sees the old one or the new one, never half of it: to a temporary file in the same
/// folder, which then takes the place of the old one. The file keeps its permissions; it keeps its owner where the account
/// may give files away. A symbolic link stays one, and its target is replaced.
/// </summary>
internal static class AtomicFile
{
    // Shares, quotas and thin disks say that they are full only when data arrive there, and the name must not be given
    // to what a power cut would leave empty: so each block is written through. Flush(flushToDisk) would pass over the
    // error on Linux.
    private const int BlockSize = 64 * 1024;

    /// <summary>Checks what can be known before anything is written.</summary>
    /// <param name="path">The file, which need not exist.</param>
    /// <exception cref="IOException">There is something at the path that is not a file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only.</exception>
    public static void Check(string path) => TargetOf(path);

    /// <summary>Writes text as UTF-8 without a mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the text.</param>
    /// <exception cref="IOException">
    /// The folder can't be written to, the disk is full, or there is something at the path that is not a file. The old file is
    /// as it was.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The file or folder must not be written.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        if (path is null || write is null)
        {
            throw new ArgumentNullException(path is null ? nameof(path) : nameof(write));
        }

        string target = TargetOf(path);

        // Collectors read *.prom: the temporary file must not end like the file itself.
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            FileMode mode = Prepare(temporary, target);
            using (var stream = new FileStream(temporary, mode, FileAccess.Write, FileShare.None, BlockSize, FileOptions.WriteThrough))
            using (var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                write(writer);
            }

            if (File.Exists(target))
            {
                File.Replace(temporary, target, null);
            }
            else
            {
                File.Move(temporary, target);
            }
        }
        catch (Exception exception)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            throw Named(exception, temporary, path) ?? exception;
        }
    }

    private static string TargetOf(string path)
    {
        string target = FileTarget.Resolve(path);

        // Who may write in a folder may replace what nobody may write there, on all systems but Windows.
        if (File.Exists(target) && (LinuxFile.IsReadOnly(target) ?? (File.GetAttributes(target) & FileAttributes.ReadOnly) != 0))
        {
            throw new UnauthorizedAccessException($"The file '{path}' is read-only.");
        }

        return target;
    }

    // On Windows, the system gives the new file the permissions of the one that it replaces. Elsewhere, a copy has them
    // from its beginning, so what is secret is at no time open to others.
    private static FileMode Prepare(string temporary, string target)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) || !File.Exists(target))
        {
            return FileMode.CreateNew;
        }

        File.Copy(target, temporary);
        LinuxFile.CopyOwnerAndAccess(target, temporary);
        return FileMode.Truncate;
    }

    // An error must not name the temporary file: the user never asked for it and could not find it.
    private static Exception? Named(Exception exception, string temporary, string path)
    {
        string message = exception.Message.Replace(temporary, path);
        return exception switch
        {
            _ when message == exception.Message => null,
            DirectoryNotFoundException => new DirectoryNotFoundException(message),
            IOException => new IOException(message, exception.HResult),
            UnauthorizedAccessException => new UnauthorizedAccessException(message),
            _ => null,
        };
    }
}
