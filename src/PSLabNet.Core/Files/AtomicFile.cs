using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Files;

/// <summary>
/// Writes a file so that a reader sees the old one or the new one, never half of it: to a temporary file in the same
/// folder, which then takes the place of the old one. The file keeps its permissions; it keeps its owner where the account
/// may give files away. A symbolic link stays one, and its target is replaced. On Windows, a reader may hold the old file
/// open: then the replacement waits for a moment between two reads.
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
    public static void Check(string path) => FileTarget.ResolveWritable(path);

    /// <summary>Writes text as UTF-8 without a mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the text.</param>
    /// <param name="cancellationToken">Ends the wait for a file that another program uses.</param>
    /// <exception cref="IOException">
    /// The folder can't be written to, the disk is full, another program uses the file, or there is something at the path
    /// that is not a file. The old file is as it was.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The file or folder must not be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled. The old file is as it was.</exception>
    public static async Task WriteAsync(string path, Action<TextWriter> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);

        string target = FileTarget.ResolveWritable(path);
        string temporary = TemporaryName(target);
        bool isOnlyCopy = false;
        try
        {
            bool isReplaced = File.Exists(target);
            WriteTemporary(temporary, target, write);
            isOnlyCopy = isReplaced;
            await FileReplacement.MoveAsync(temporary, target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // If somebody has deleted the old file meanwhile, the new one is the only one left.
            isOnlyCopy &= !File.Exists(target);
            if (!isOnlyCopy)
            {
                TryDelete(temporary);
            }

            throw Named(exception, temporary, path) ?? exception;
        }
    }

    // A short name, whatever the length of the file's own: file systems limit a name to 255 bytes or characters.
    // Collectors read *.prom, so the temporary file must not end like the file itself.
    private static string TemporaryName(string target)
    {
        const int RandomLength = 8;
        string name = $"~{Path.GetRandomFileName().Substring(0, RandomLength)}.tmp";
        return Path.Combine(Path.GetDirectoryName(target) ?? string.Empty, name);
    }

    // The new file has the permissions of the old one before anything is in it, so what is secret is at no time open to others.
    private static void WriteTemporary(string temporary, string target, Action<TextWriter> write)
    {
        bool isReplaced = File.Exists(target);
        bool isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        bool isCopied = isReplaced && !isWindows;
        if (isCopied)
        {
            File.Copy(target, temporary);
            LinuxFile.CopyOwnerAndAccess(target, temporary);
        }

        using var stream = new FileStream(temporary, isCopied ? FileMode.Truncate : FileMode.CreateNew, FileAccess.Write, FileShare.None, BlockSize, FileOptions.WriteThrough);
        if (isReplaced && isWindows)
        {
            // While it is open: a virus scanner opens files as soon as they are closed.
            WindowsAccess.Copy(target, temporary);
        }

        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        write(writer);
    }

    // What is left over does no harm, and the error that led here says more than one about it.
    private static void TryDelete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A virus scanner may have it open.
        }
    }

    // An error must not name the temporary file: the user never asked for it and could not find it.
    private static Exception? Named(Exception exception, string temporary, string path)
    {
        string message = exception.Message.Replace(temporary, path).Replace(Path.GetFileName(temporary), Path.GetFileName(path));
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
