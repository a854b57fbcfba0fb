using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using PSLabNet.Tests.IcePap;
using Xunit;

namespace PSLabNet.Tests.Samples;

/// <summary>The sample program as a process, and the README that shows its lines.</summary>
[Collection(OneAtATime.Name)]
public sealed class CoreClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Without_arguments_it_lists_simulated_devices_and_features()
    {
        (int exitCode, string output, string errors) = await RunAsync();
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.InRange(Regex.Count(output, @"(?m)^icepap-[0-9a-f]{6} \(00:0c:c6:[0-9a-f:]{8}\) has the address 172\.24\.\d+\.\d+\.\r?$"), 3, int.MaxValue);
        Assert.Equal(3, Regex.Count(output, @"(?m)^demo_feature00[1-3]: 2 of 20 in use \(\w+, \w+\)\.\r?$"));
    }

    [Theory]
    [InlineData("-h")]
    [InlineData("--nonsense")]
    [InlineData("")]
    [InlineData("27000@lic1", "27000@lic2")]
    [InlineData("27000@lic1;27000@lic2")]
    public async Task A_wrong_argument_gives_the_usage_and_exit_code_2(params string[] arguments)
    {
        (int exitCode, string output, string errors) = await RunAsync(arguments);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("Usage: CoreClient [port@host].", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_README_shows_lines_of_the_sample()
    {
        string root = FindRoot();
        string readme = Lines(File.ReadAllText(Path.Combine(root, "README.md")));
        string section = readme[readme.IndexOf("\n## For C# programs\n", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 1, StringComparison.Ordinal)];
        string[] shown = [.. Regex.Matches(section, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(block => block.Groups[1].Value)];
        string[] sample = [.. File.ReadAllLines(Path.Combine(root, "samples", "CoreClient", "Program.cs")).Select(line => line.Trim())];

        Assert.NotEmpty(shown);
        Assert.All(shown, block => Assert.All(block.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains(line.Trim(), sample)));
        Assert.Contains(shown, block => block.Contains("DiscoverAsync", StringComparison.Ordinal) && block.Contains("GetFeaturesAsync", StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "CoreClient.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PSLabNet.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds PSLabNet.psd1.");
    }
}
