using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Files;

/// <summary>Gives a file the name of another one, which it replaces in one step: at every moment one of the two has the name.</summary>
internal static class FileReplacement
{
    // winerror.h. Windows does not replace a file that somebody has open without sharing its deletion; most readers do not
    // share it. It says "access denied" then, and "sharing violation" of the new file, which a virus scanner may have open.
    private const int AccessDenied = 5;
    private const int SharingViolation = 32;
    private const int LockViolation = 33;
    private const int DeletePending = 303;
    private const int MappedByUser = 1224;

    // HRESULT_FROM_WIN32
    private const int Win32Facility = unchecked((int)0x80070000);

    // Readers read again and again, so there are gaps between two reads, which are short. Many tries find one: about 500 fit
    // in the time, 300 where the clock of Windows ticks each 16 ms.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(10);

    // On a computer that is so busy that few tries fit in the time, these are made all the same.
    private const int LeastTries = 100;

    /// <summary>Replaces a file, or makes it where there is none.</summary>
    /// <param name="from">The new file; both are in one folder.</param>
    /// <param name="to">The name that it is given.</param>
    /// <param name="cancellationToken">Ends the wait for a file that is in use.</param>
    /// <exception cref="IOException">The file stays in use for 5 s or longer, or can't be replaced. Both files are as they were.</exception>
    /// <exception cref="UnauthorizedAccessException">The account must not replace it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled. Both files are as they were.</exception>
    public static async Task MoveAsync(string from, string to, CancellationToken cancellationToken)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            // Here a file that is in use can be replaced; its readers keep the old one.
            UnixFile.Rename(from, to);
            return;
        }

        int error = await RetryAsync(() => WindowsFile.Move(from, to), cancellationToken).ConfigureAwait(false);
        if (error != 0)
        {
            string reason = IsInUse(error) ? "another program uses it, or this account may not replace it" : "the system does not allow it";
            throw new IOException($"The file '{to}' was not replaced, because {reason}: {new Win32Exception(error).Message}", Win32Facility | error);
        }
    }

    /// <summary>Tries again with growing waits while the error says that a file is in use: for 5 s, and at least 100 times.</summary>
    /// <param name="attempt">Tries it; returns an error number of Windows, 0 for success.</param>
    /// <param name="cancellationToken">Ends the wait between two tries.</param>
    /// <returns>The number that the last try returned.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static async Task<int> RetryAsync(Func<int> attempt, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan wait = FirstWait;
        for (int tries = 1; ; tries++)
        {
            int error = attempt();
            if (!IsInUse(error) || (clock.Elapsed >= Patience && tries >= LeastTries))
            {
                return error;
            }

            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            wait = wait + wait < LongestWait ? wait + wait : LongestWait;
        }
    }

    private static bool IsInUse(int error) => error is AccessDenied or SharingViolation or LockViolation or DeletePending or MappedByUser;
}
