using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;
using PSLabNet.Files;
using Xunit;

namespace PSLabNet.Tests.Files;

public sealed class AppendedFileTests : IDisposable
{
    private static readonly byte[] Header = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("A,B\r\n")];

    private readonly string folder = Directory.CreateTempSubdirectory("append").FullName;

    private string Target => Path.Combine(folder, "x.csv");

    private static bool IsLinux => RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_header_is_written_once()
    {
        await AppendAsync("1,2\r\n");
        await AppendAsync("3,4\r\n");

        Assert.Equal([.. Header, .. Encoding.UTF8.GetBytes("1,2\r\n3,4\r\n")], File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData("A,B\r\n1,2\r\n3", "A,B\r\n1,2\r\n5,6\r\n")]
    [InlineData("\uFEFFA,B\r\n1,2\r\n3,4\r", "A,B\r\n1,2\r\n5,6\r\n")]
    [InlineData("A,B\n1,2\n\0\0\0\0", "A,B\n1,2\n5,6\r\n")]
    [InlineData("\uFEFFA,", "A,B\r\n5,6\r\n")]
    [InlineData("\0\0\0", "A,B\r\n5,6\r\n")]
    [InlineData("", "A,B\r\n5,6\r\n")]
    public async Task An_incomplete_line_at_the_end_is_removed(string before, string after)
    {
        File.WriteAllBytes(Target, Encoding.UTF8.GetBytes(before));

        await AppendAsync("5,6\r\n");

        Assert.Equal(after, File.ReadAllText(Target));
    }

    [Fact]
    public async Task A_long_incomplete_line_is_removed_too()
    {
        File.WriteAllText(Target, "A,B\r\n1,2\r\n" + new string('x', 200_000));

        await AppendAsync("5,6\r\n");

        Assert.Equal("A,B\r\n1,2\r\n5,6\r\n", File.ReadAllText(Target));
    }

    [Theory]
    [InlineData("A;B\r\n1;2\r\n")]
    [InlineData("B,A\r\n")]
    [InlineData("notes")]
    [InlineData("A,BC\r\n")]
    public async Task A_file_with_another_first_line_is_left_alone(string text)
    {
        File.WriteAllText(Target, text);

        await Assert.ThrowsAsync<InvalidDataException>(() => AppendAsync("5,6\r\n"));

        Assert.Equal(text, File.ReadAllText(Target));
    }

    [Fact]
    public async Task Eight_writers_lose_no_line_and_mix_none()
    {
        Assert.SkipWhen(Mono.IsRunning, "Mono has no lock between two opens of a file on Linux.");
        const int Writers = 8;
        const int Rounds = 25;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                await AppendAsync($"{writer},{round}\r\n{writer},{round} again\r\n");
            }
        })));

        string[] lines = File.ReadAllLines(Target);
        Assert.Equal("A,B", lines[0]);
        Assert.Equal(1 + (2 * Writers * Rounds), lines.Length);
        Assert.Equal(lines.Length, lines.Distinct().Count());
        Assert.All(Enumerable.Range(0, Writers * Rounds), pair => Assert.Equal(lines[1 + (2 * pair)] + " again", lines[2 + (2 * pair)]));
    }

    [Fact]
    public async Task A_reader_of_ours_keeps_no_writer_waiting()
    {
        Assert.SkipWhen(Mono.IsRunning, "On Linux, Mono opens no file for this process alone while it reads the file.");
        await AppendAsync("1,2\r\n");
        using FileStream reader = await FileInUse.OpenForReadAsync(Target, TestContext.Current.CancellationToken);

        await AppendAsync("3,4\r\n");

        using var text = new StreamReader(reader);
        Assert.Equal("A,B\r\n1,2\r\n3,4\r\n", text.ReadToEnd());
    }

    [Fact]
    public async Task It_waits_until_another_program_is_done()
    {
        Assert.SkipWhen(Mono.IsRunning, "Mono has no lock between two opens of a file on Linux.");
        await AppendAsync("1,2\r\n");
        Task append;
        using (new FileStream(Target, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            append = AppendAsync("3,4\r\n");
            Assert.False(append.IsCompleted);
        }

        await append;
        Assert.Equal("A,B\r\n1,2\r\n3,4\r\n", File.ReadAllText(Target));
    }

    [Fact]
    public async Task A_file_keeps_its_mode_and_a_link_stays_one()
    {
        Assert.SkipUnless(IsLinux, "Other systems keep permissions in another way.");
        await AppendAsync("1,2\r\n");
        Run("chmod", "640", Target);
        string link = Path.Combine(folder, "link");
        Run("ln", "-s", "x.csv", link);

        await AppendedFile.AppendAsync(link, Header, Encoding.UTF8.GetBytes("3,4\r\n"), TestContext.Current.CancellationToken);

        Assert.Equal("640", Run("stat", "--format=%a", Target));
        Assert.Equal("x.csv", Run("readlink", link));
        Assert.Equal("A,B\r\n1,2\r\n3,4\r\n", File.ReadAllText(Target));
    }

    [Fact]
    public async Task What_is_not_a_file_or_read_only_is_refused()
    {
        Assert.SkipUnless(IsLinux, "Devices of other systems are elsewhere.");
        await AppendAsync("1,2\r\n");
        Run("chmod", "444", Target);

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => AppendAsync("3,4\r\n"));
        await Assert.ThrowsAsync<IOException>(() => AppendedFile.AppendAsync(folder, Header, [], TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<IOException>(() => AppendedFile.AppendAsync("/dev/null", Header, [], TestContext.Current.CancellationToken));
        Assert.Equal("A,B\r\n1,2\r\n", File.ReadAllText(Target));
    }

    private static string Run(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, string.Join(" ", words)) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private Task AppendAsync(string lines) =>
        AppendedFile.AppendAsync(Target, Header, Encoding.UTF8.GetBytes(lines), TestContext.Current.CancellationToken);
}
