using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace PSLabNet.Lab.Processes;

/// <summary>A program that ran to its end.</summary>
/// <param name="ExitCode">Its exit code; null if the program does not exist.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error, or the reason why it did not start.</param>
public sealed record ChildProcess(int? ExitCode, string Output, string Errors)
{
    /// <summary>Runs a program of the system.</summary>
    /// <returns>Its output.</returns>
    /// <exception cref="IOException">The program is missing, or it failed; the message contains its output.</exception>
    public static string Run(string program, params string[] arguments)
    {
        ChildProcess ended = RunToEnd(new ProcessStartInfo(program, arguments));
        return ended.ExitCode == 0 ? ended.Output : throw new IOException($"{program} {string.Join(' ', arguments)} failed: {ended.Errors.Trim()}");
    }

    /// <summary>Whether a program of the system exists and succeeds.</summary>
    public static bool Succeeds(string program, params string[] arguments) => RunToEnd(new ProcessStartInfo(program, arguments)).ExitCode == 0;

    /// <summary>Runs a program.</summary>
    public static ChildProcess RunToEnd(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new ChildProcess(process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception e)
        {
            return new ChildProcess(null, string.Empty, e.Message);
        }
    }
}
