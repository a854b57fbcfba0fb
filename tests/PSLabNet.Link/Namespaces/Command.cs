using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace PSLabNet.Link.Namespaces;

/// <summary>Runs a program of the system.</summary>
internal static class Command
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="program">The program: ip, tc.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote to its output.</returns>
    /// <exception cref="IOException">It is not there, or it failed: with what it said.</exception>
    public static string Run(string program, params string[] arguments) => Try(program, arguments, out string said)
        ? said
        : throw new IOException($"{program} {string.Join(' ', arguments)} failed: {said}");

    /// <summary>Runs it to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="said">What it wrote: to its output, or to its error output if it failed.</param>
    /// <returns>False if it failed, or is not there.</returns>
    public static bool Try(string program, string[] arguments, out string said)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            said = process.ExitCode == 0 ? output : errors.Result.Trim();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            said = e.Message;
            return false;
        }
    }
}
