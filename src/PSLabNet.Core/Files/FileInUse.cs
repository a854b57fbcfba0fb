using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Files;

/// <summary>Opens files that other programs may have open, and waits for them.</summary>
internal static class FileInUse
{
    // winerror.h as HRESULT; errno.h of Linux and of macOS, which .NET passes on for a lock that another program has.
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;

    // A program of .NET that reads a large file on Linux keeps others from writing it meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(20);

    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>Opens a file so that no other program of .NET writes it meanwhile; makes it if it is missing. What is written is on the disk.</summary>
    /// <exception cref="IOException">It can't be opened, or another program uses it for 30 s.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or folder must not be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<FileStream> OpenForAppendAsync(string path, CancellationToken cancellationToken)
    {
        // Windows lets others read meanwhile. On Linux, Read would let others write: .NET has only a lock for one and a lock for all there.
        FileShare share = IsWindows ? FileShare.Read : FileShare.None;
        return RetryAsync(() => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share, bufferSize: 1, FileOptions.WriteThrough), cancellationToken);
    }

    /// <summary>Opens a file for reading. Others may write, rename and delete it meanwhile.</summary>
    /// <exception cref="IOException">It can't be opened, or another program uses it for 30 s.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<FileStream> OpenForReadAsync(string path, CancellationToken cancellationToken)
    {
        const int BlockSize = 64 * 1024;
        FileStream stream = await RetryAsync(
            () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BlockSize, FileOptions.SequentialScan),
            cancellationToken).ConfigureAwait(false);
        if (!IsWindows)
        {
            // The lock would keep writers waiting as long as the file is read.
            UnixFile.Unlock(stream.SafeFileHandle);
        }

        return stream;
    }

    private static async Task<FileStream> RetryAsync(Func<FileStream> open, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan wait = FirstWait;
        while (true)
        {
            try
            {
                return open();
            }
            catch (IOException exception) when (IsInUse(exception) && clock.Elapsed < Patience)
            {
                // Waits below.
            }

            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            wait = wait + wait < LongestWait ? wait + wait : LongestWait;
        }
    }

    private static bool IsInUse(IOException exception) =>
        IsWindows ? exception.HResult is SharingViolation or LockViolation : exception.HResult is WouldBlockLinux or WouldBlockMac;
}
