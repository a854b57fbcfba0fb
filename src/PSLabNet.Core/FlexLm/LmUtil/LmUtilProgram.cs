using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.LmStat;
using PSLabNet.Net;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmUtil;

/// <summary>The output of a program.</summary>
internal sealed class LmUtilOutput
{
    private readonly byte[] output;

    internal LmUtilOutput(int exitCode, byte[] output, string errorText)
    {
        ExitCode = exitCode;
        this.output = output;
        ErrorText = errorText;
    }

    /// <summary>The exit code. The code of lmstat does not show the state of the server: it is 0 even if the server is down.</summary>
    public int ExitCode { get; }

    /// <summary>The error output, escaped.</summary>
    public string ErrorText { get; }

    /// <summary>Opens the standard output, for <see cref="FlexLmStatReader.Read(Stream, FlexLmStatOptions?)"/>.</summary>
    /// <returns>A stream to read from.</returns>
    public Stream OpenOutput() => new MemoryStream(output, writable: false);
}

/// <summary>
/// Runs lmutil or lmstat without a shell, with a deadline and a limit on its output.
/// </summary>
internal static class LmUtilProgram
{
    /// <summary>Maximum number of bytes of output that are read.</summary>
    public const int LongestOutput = 256 * 1024 * 1024;

    private const int LongestErrorText = 64 * 1024;

    /// <summary>The arguments for a full query of a server: <c>lmstat -a -c port@host</c>.</summary>
    /// <param name="path">The program. If its name is lmstat, that word is not added as its first argument.</param>
    /// <param name="server">The server as FlexLM writes it: <c>port@host</c>, or several with commas.</param>
    /// <param name="more">More options, for example <c>-i</c>.</param>
    /// <returns>The arguments.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The server is empty, or the program would read it as an option.</exception>
    public static IReadOnlyList<string> LmStatArguments(string path, string server, params string[] more)
    {
        _ = path ?? throw new ArgumentNullException(nameof(path));
        _ = more ?? throw new ArgumentNullException(nameof(more));
        if (string.IsNullOrWhiteSpace(server ?? throw new ArgumentNullException(nameof(server))) || server[0] == '-')
        {
            throw new ArgumentException($"'{PrintableText.Escape(server)}' is not a license server.", nameof(server));
        }

        string name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        bool isLmStat = name.StartsWith("lmstat", StringComparison.OrdinalIgnoreCase);
        return [.. isLmStat ? Array.Empty<string>() : ["lmstat"], "-a", .. more, "-c", server];
    }

    /// <summary>Runs the program.</summary>
    /// <param name="path">Its path; no other directory is searched. A batch file is rejected, because a shell would run it.</param>
    /// <param name="arguments">Its arguments, not quoted.</param>
    /// <param name="timeout">Maximum run time; then it is killed.</param>
    /// <param name="cancellation">Kills the program.</param>
    /// <returns>Its output.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An argument contains a NUL.</exception>
    /// <exception cref="LmUtilStartException">The program cannot be started, or is a batch file.</exception>
    /// <exception cref="InvalidDataException">It wrote more than <see cref="LongestOutput"/>, and was killed.</exception>
    /// <exception cref="TimeoutException">It took too long, and was killed; the message contains its error output.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<LmUtilOutput> RunAsync(string path, IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken cancellation)
    {
        _ = path ?? throw new ArgumentNullException(nameof(path));
        _ = arguments ?? throw new ArgumentNullException(nameof(arguments));
        if (path.IndexOf('\0') >= 0 || arguments.Any(argument => argument.IndexOf('\0') >= 0))
        {
            throw new ArgumentException("An argument can't hold a NUL.", nameof(arguments));
        }

        if (path.EndsWith(".bat", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase))
        {
            throw new LmUtilStartException($"{path} is a batch file, which would be run by a shell. Name the program itself.");
        }

        return RunCoreAsync(path, arguments, timeout, LongestOutput, cancellation);
    }

    internal static async Task<LmUtilOutput> RunCoreAsync(
        string path, IReadOnlyList<string> arguments, TimeSpan timeout, int longestOutput, CancellationToken cancellation)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo
        {
            FileName = Path.GetFullPath(path),
            Arguments = CommandLine.Of(arguments),
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process.EnableRaisingEvents = true;
        var exited = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => exited.TrySetResult(true);
        try
        {
            process.Start();
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException)
        {
            throw new LmUtilStartException($"{path} can't be run: {exception.Message}", exception);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(timeout);
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = deadline.Token.Register(() => ended.TrySetResult(true));
        using var output = new BoundedBytes(longestOutput);
        using var errors = new BoundedBytes(LongestErrorText);
        try
        {
            process.StandardInput.Close();
            Task whole = Task.WhenAll(
                output.ReadAsync(process.StandardOutput.BaseStream, BytesPastEnd.Fail),
                errors.ReadAsync(process.StandardError.BaseStream, BytesPastEnd.Drop),
                exited.Task);
            if (await Task.WhenAny(whole, output.Overflow, ended.Task).ConfigureAwait(false) == whole)
            {
                await whole.ConfigureAwait(false);
                return new LmUtilOutput(process.ExitCode, output.ToArray(), ErrorText(errors));
            }

            whole.Abandon();
        }
        finally
        {
            Kill(process);
        }

        cancellation.ThrowIfCancellationRequested();
        if (output.Overflow.IsCompleted)
        {
            throw new InvalidDataException(string.Format(CultureInfo.InvariantCulture, "{0} wrote more than {1} bytes.", path, longestOutput));
        }

        string text = ErrorText(errors);
        throw new TimeoutException(string.Format(
            CultureInfo.InvariantCulture, "{0} took longer than {1} s.{2}", path, timeout.TotalSeconds, text.Length == 0 ? text : " It wrote: " + text));
    }

    private static string ErrorText(BoundedBytes errors) => PrintableText.Escape(Encoding.UTF8.GetString(errors.ToArray()).Trim());

    // Killing a wrapper script alone leaves lmutil running. Newer runtimes can kill the whole tree.
    private static void Kill(Process process)
    {
        try
        {
            if (process.HasExited)
            {
                return;
            }

            MethodInfo? killTree = typeof(Process).GetMethod(nameof(Process.Kill), [typeof(bool)]);
            if (killTree is not null)
            {
                killTree.Invoke(process, [true]);
            }
            else
            {
                process.Kill();
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or TargetInvocationException or NotSupportedException)
        {
            // The process has already exited.
        }
    }
}
