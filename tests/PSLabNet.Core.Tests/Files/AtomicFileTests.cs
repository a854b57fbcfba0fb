using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Files;
using Xunit;

namespace PSLabNet.Tests.Files;

public sealed partial class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("atomic").FullName;

    private string Target => Path.Combine(folder, "x.prom");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_new_file_is_made_and_an_old_one_is_replaced_as_a_whole()
    {
        await WriteAsync(Target, writer => writer.Write("a longer text"));
        await WriteAsync(Target, writer => writer.Write("short"));

        Assert.Equal("short", File.ReadAllText(Target));
        Assert.Single(Directory.GetFileSystemEntries(folder));
    }

    [Theory(Skip = "Other systems keep permissions in another way.", SkipType = typeof(Host), SkipUnless = nameof(Host.IsLinux))]
    [InlineData("600")]
    [InlineData("664")]
    [InlineData("640")]
    public async Task A_file_keeps_its_mode(string mode)
    {
        File.WriteAllText(Target, "old");
        Run("chmod", mode, Target);

        await WriteAsync(Target, writer => writer.Write("new"));

        Assert.Equal(mode, Run("stat", "--format=%a", Target));
        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Fact(Skip = "Only root gives files away.", SkipType = typeof(Host), SkipUnless = nameof(Host.IsLinuxRoot))]
    public async Task A_file_keeps_owner_and_group()
    {
        File.WriteAllText(Target, "old");
        Run("chown", "1234:2345", Target);

        await WriteAsync(Target, writer => writer.Write("new"));

        Assert.Equal("1234:2345", Run("stat", "--format=%u:%g", Target));
    }

    [Fact(Skip = "Links need rights on Windows.", SkipType = typeof(Host), SkipUnless = nameof(Host.IsLinux))]
    public async Task A_symbolic_link_stays_and_its_target_is_replaced()
    {
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        string real = Path.Combine(folder, "data", "real.prom");
        File.WriteAllText(real, "old");
        Run("ln", "-s", "data/real.prom", Path.Combine(folder, "middle"));
        Run("ln", "-s", Path.Combine(folder, "middle"), Target);

        await WriteAsync(Target, writer => writer.Write("new"));

        Assert.Equal("new", File.ReadAllText(real));
        Assert.Equal(Path.Combine(folder, "middle"), Run("readlink", Target));
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "data")));
    }

    [Fact(Skip = "Links need rights on Windows.", SkipType = typeof(Host), SkipUnless = nameof(Host.IsLinux))]
    public async Task A_link_to_a_file_that_is_missing_makes_the_file()
    {
        Run("ln", "-s", "missing.prom", Target);

        await WriteAsync(Target, writer => writer.Write("new"));

        Assert.Equal("new", File.ReadAllText(Path.Combine(folder, "missing.prom")));
    }

    [Fact(Skip = "Devices of other systems are elsewhere.", SkipType = typeof(Host), SkipUnless = nameof(Host.IsLinux))]
    public async Task What_is_not_a_file_is_refused_with_a_message_that_says_so()
    {
        string pipe = Path.Combine(folder, "pipe");
        Run("mkfifo", pipe);
        string circle = Path.Combine(folder, "circle");
        Run("ln", "-s", "circle", circle);

        Assert.Contains($"'{folder}' is a folder", await RefusalAsync(folder), StringComparison.Ordinal);
        Assert.Contains("'/dev/null' is not a regular file", await RefusalAsync("/dev/null"), StringComparison.Ordinal);
        Assert.Contains($"'{pipe}' is not a regular file", await RefusalAsync(pipe), StringComparison.Ordinal);
        Assert.Contains("circle", await RefusalAsync(circle), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_names_the_file_and_no_temporary_one_and_the_old_file_stays()
    {
        File.WriteAllText(Target, "old");
        string missing = Path.Combine(folder, "no", "x.prom");

        string message = (await Assert.ThrowsAnyAsync<IOException>(() => WriteAsync(missing, _ => { }))).ToString();
        Assert.Contains(missing, message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(Target, writer =>
        {
            writer.Write("half");
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_name_as_long_as_the_system_allows_can_be_written()
    {
        const int LongestName = 255;
        string path = Path.Combine(folder, new string('x', LongestName - ".prom".Length) + ".prom");

        await WriteAsync(path, writer => writer.Write("old"));
        await WriteAsync(path, writer => writer.Write("new"));

        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public async Task The_new_text_is_not_lost_if_the_old_file_disappears_and_the_name_is_taken()
    {
        File.WriteAllText(Target, "old");

        await Assert.ThrowsAnyAsync<IOException>(() => WriteAsync(Target, writer =>
        {
            writer.Write("new");
            File.Delete(Target);
            Directory.CreateDirectory(Target);
        }));

        Assert.Equal("new", File.ReadAllText(Assert.Single(Directory.GetFiles(folder))));
    }

    [Fact]
    public async Task A_new_file_whose_name_is_taken_meanwhile_leaves_no_temporary_file()
    {
        await Assert.ThrowsAnyAsync<IOException>(() => WriteAsync(Target, _ => Directory.CreateDirectory(Target)));

        Assert.Empty(Directory.GetFiles(folder));
    }

    // The pool adds threads slowly, and these wait for each other.
    private static Task OnThread(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    private static string Whole(int length) => $"begin{new string('x', length)}end";

    private static Task WriteAsync(string path, Action<TextWriter> write) => AtomicFile.WriteAsync(path, write, TestContext.Current.CancellationToken);

    private static async Task<string> RefusalAsync(string path)
    {
        string message = Assert.ThrowsAny<IOException>(() => AtomicFile.Check(path)).Message;
        Assert.Equal(message, (await Assert.ThrowsAnyAsync<IOException>(() => WriteAsync(path, _ => { }))).Message);
        return message;
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, string.Join(" ", arguments)) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
