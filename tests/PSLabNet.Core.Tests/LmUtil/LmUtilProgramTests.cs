using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using PSLabNet.FlexLm.LmUtil;
using Xunit;

namespace PSLabNet.Tests.LmUtil;

public sealed class LmUtilProgramTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("lmutil").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_arguments_are_those_of_lmstat()
    {
        Assert.Equal(["lmstat", "-a", "-c", "27000@lic1"], LmUtilProgram.LmStatArguments("/opt/bin/lmutil", "27000@lic1"));
        Assert.Equal(["-a", "-i", "-c", "27000@lic1"], LmUtilProgram.LmStatArguments(@"C:\flexlm\lmstat.exe", "27000@lic1", "-i"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-x")]
    public void An_invalid_server_is_rejected(string server) =>
        Assert.Throws<ArgumentException>(() => LmUtilProgram.LmStatArguments("lmutil", server));

    [Fact]
    public async Task A_program_receives_each_argument_unchanged()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program is a shell script.");
        Assert.SkipWhen(Mono.IsRunning, "Mono splits a command line by the rules of a Unix shell, where a single quote counts. .NET Framework uses the rules of Windows.");
        string path = Script("for a in \"$@\"; do printf '%s\\0' \"$a\"; done");
        string[] arguments =
        [
            "plain", "", "two words", "tab\there", "quo\"te", "\"", "\"\"", "back\\slash", "end\\", "end two\\\\", "\\\"", "a\\\\\"b", "$HOME", "`id`", "*", ";", "&&", "|",
            "new\nline", "'", "größe", "-c", "%PATH%", "^", "!x!", "C:\\Program Files\\x\\",
        ];

        LmUtilOutput output = await LmUtilProgram.RunAsync(path, arguments, Long, TestContext.Current.CancellationToken);

        Assert.Equal(arguments, Text(output).TrimEnd('\0').Split('\0'));
        Assert.Equal(0, output.ExitCode);
    }

    [Fact]
    public void A_command_line_is_split_into_arguments_by_the_rules_of_Windows()
    {
        Gen<string> argument = Gen.ArrayOf(Gen.Elements('a', ' ', '"', '\\', '\t')).Select(chars => new string(chars));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
            Gen.ListOf(argument).ToArbitrary(), arguments => Split(CommandLine.Of([.. arguments])).SequenceEqual(arguments)));
    }

    [Fact]
    public async Task Error_output_and_exit_code_are_reported()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program is a shell script.");
        string path = Script("echo out; printf 'bad\\033[31m' >&2; exit 3");

        LmUtilOutput output = await LmUtilProgram.RunAsync(path, [], Long, TestContext.Current.CancellationToken);

        Assert.Equal(("out\n", "bad\\x1b[31m", 3), (Text(output), output.ErrorText, output.ExitCode));
    }

    [Fact]
    public async Task A_program_that_takes_too_long_is_killed_with_its_children()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program is a shell script.");
        string path = Script("echo no answer >&2; sleep 600");
        var watch = Stopwatch.StartNew();

        TimeoutException thrown = await Assert.ThrowsAsync<TimeoutException>(
            () => LmUtilProgram.RunAsync(path, [], TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));

        Assert.Contains("no answer", thrown.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(300));
    }

    [Fact]
    public async Task A_program_that_is_cancelled_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program is a shell script.");
        string path = Script("sleep 60");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LmUtilProgram.RunAsync(path, [], Long, cancellation.Token));
    }

    [Fact]
    public async Task A_program_that_writes_without_end_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program is a shell script.");
        string path = Script("while :; do echo 0123456789012345678901234567890123456789; done");

        await Assert.ThrowsAsync<InvalidDataException>(
            () => LmUtilProgram.RunCoreAsync(path, [], Long, 100_000, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_program_that_waits_for_input_gets_end_of_input()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program is a shell script.");

        Assert.Equal("end\n", Text(await LmUtilProgram.RunAsync(Script("cat; echo end"), [], Long, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_program_that_cannot_be_run_is_an_error()
    {
        await Assert.ThrowsAsync<LmUtilStartException>(() => LmUtilProgram.RunAsync(Path.Combine(folder, "none"), [], Long, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<LmUtilStartException>(() => LmUtilProgram.RunAsync("lmutil.cmd", [], Long, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => LmUtilProgram.RunAsync("lmutil", ["a\0b"], Long, TestContext.Current.CancellationToken));
    }

    private static string Text(LmUtilOutput output)
    {
        using var reader = new StreamReader(output.OpenOutput(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    // The rules that Microsoft documents, in the opposite direction.
    private static List<string> Split(string line)
    {
        var arguments = new List<string>();
        int at = 0;
        while (at < line.Length)
        {
            var argument = new StringBuilder();
            bool isQuoted = false;
            for (; at < line.Length && (isQuoted || line[at] is not (' ' or '\t')); at++)
            {
                int slashes = line.AsSpan(at).IndexOfAnyExcept('\\');
                slashes = slashes < 0 ? line.Length - at : slashes;
                at += slashes;
                bool isBeforeQuote = at < line.Length && line[at] == '"';
                argument.Append('\\', isBeforeQuote ? slashes / 2 : slashes);
                if (isBeforeQuote && slashes % 2 == 0)
                {
                    isQuoted = !isQuoted;
                }
                else if (at < line.Length && (isQuoted || line[at] is not (' ' or '\t')))
                {
                    argument.Append(line[at]);
                }
                else
                {
                    break;
                }
            }

            arguments.Add(argument.ToString());
            at++;
        }

        return arguments;
    }

    private string Script(string body)
    {
        string path = Path.Combine(folder, "lmutil");
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        return path;
    }
}
