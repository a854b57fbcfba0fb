using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using PSLabNet.Files;
using Xunit;

namespace PSLabNet.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("atomic").FullName;

    private string Target => Path.Combine(folder, "x.prom");

    private static bool IsLinux => RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_new_file_is_made_and_an_old_one_is_replaced_as_a_whole()
    {
        AtomicFile.Write(Target, writer => writer.Write("a longer text"));
        AtomicFile.Write(Target, writer => writer.Write("short"));

        Assert.Equal("short", File.ReadAllText(Target));
        Assert.Single(Directory.GetFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("600")]
    [InlineData("664")]
    [InlineData("640")]
    public void A_file_keeps_its_mode(string mode)
    {
        Assert.SkipUnless(IsLinux, "Other systems keep permissions in another way.");
        File.WriteAllText(Target, "old");
        Run("chmod", mode, Target);

        AtomicFile.Write(Target, writer => writer.Write("new"));

        Assert.Equal(mode, Run("stat", "--format=%a", Target));
        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Fact]
    public void A_file_keeps_owner_and_group()
    {
        Assert.SkipUnless(IsLinux && Run("id", "-u") == "0", "Only root gives files away.");
        File.WriteAllText(Target, "old");
        Run("chown", "1234:2345", Target);

        AtomicFile.Write(Target, writer => writer.Write("new"));

        Assert.Equal("1234:2345", Run("stat", "--format=%u:%g", Target));
    }

    [Fact]
    public void A_symbolic_link_stays_and_its_target_is_replaced()
    {
        Assert.SkipUnless(IsLinux, "Links need rights on Windows.");
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        string real = Path.Combine(folder, "data", "real.prom");
        File.WriteAllText(real, "old");
        Run("ln", "-s", "data/real.prom", Path.Combine(folder, "middle"));
        Run("ln", "-s", Path.Combine(folder, "middle"), Target);

        AtomicFile.Write(Target, writer => writer.Write("new"));

        Assert.Equal("new", File.ReadAllText(real));
        Assert.Equal(Path.Combine(folder, "middle"), Run("readlink", Target));
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "data")));
    }

    [Fact]
    public void A_link_to_a_file_that_is_missing_makes_the_file()
    {
        Assert.SkipUnless(IsLinux, "Links need rights on Windows.");
        Run("ln", "-s", "missing.prom", Target);

        AtomicFile.Write(Target, writer => writer.Write("new"));

        Assert.Equal("new", File.ReadAllText(Path.Combine(folder, "missing.prom")));
    }

    [Fact]
    public void What_is_not_a_file_is_refused_with_a_message_that_says_so()
    {
        Assert.SkipUnless(IsLinux, "Devices of other systems are elsewhere.");
        string pipe = Path.Combine(folder, "pipe");
        Run("mkfifo", pipe);
        string circle = Path.Combine(folder, "circle");
        Run("ln", "-s", "circle", circle);

        Assert.Contains($"'{folder}' is a folder", Refusal(folder), StringComparison.Ordinal);
        Assert.Contains("'/dev/null' is not a regular file", Refusal("/dev/null"), StringComparison.Ordinal);
        Assert.Contains($"'{pipe}' is not a regular file", Refusal(pipe), StringComparison.Ordinal);
        Assert.Contains("circle", Refusal(circle), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_names_the_file_and_no_temporary_one_and_the_old_file_stays()
    {
        File.WriteAllText(Target, "old");
        string missing = Path.Combine(folder, "no", "x.prom");

        string message = Assert.ThrowsAny<IOException>(() => AtomicFile.Write(missing, _ => { })).ToString();
        Assert.Contains(missing, message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Target, writer =>
        {
            writer.Write("half");
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(Directory.GetFileSystemEntries(folder));
    }

    private static string Refusal(string path)
    {
        string message = Assert.ThrowsAny<IOException>(() => AtomicFile.Check(path)).Message;
        Assert.Equal(message, Assert.ThrowsAny<IOException>(() => AtomicFile.Write(path, _ => { })).Message);
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
