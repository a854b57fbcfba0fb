using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Files;
using Xunit;

namespace PSLabNet.Tests.Files;

public sealed class FileReplacementTests
{
    // winerror.h
    private const int Success = 0;
    private const int FileNotFound = 2;
    private const int AccessDenied = 5;
    private const int SharingViolation = 32;
    private const int DiskFull = 112;

    [Fact]
    public async Task A_file_that_is_in_use_is_tried_until_it_is_free()
    {
        var results = new Queue<int>([AccessDenied, SharingViolation, AccessDenied, AccessDenied, AccessDenied, Success, DiskFull]);

        Assert.Equal(Success, await FileReplacement.RetryAsync(results.Dequeue, TestContext.Current.CancellationToken));
        Assert.Single(results);
    }

    [Theory]
    [InlineData(FileNotFound)]
    [InlineData(DiskFull)]
    public async Task Another_error_is_not_tried_again(int error)
    {
        var results = new Queue<int>([error, Success]);

        Assert.Equal(error, await FileReplacement.RetryAsync(results.Dequeue, TestContext.Current.CancellationToken));
        Assert.Single(results);
    }

    [Fact]
    public async Task A_file_that_stays_in_use_is_given_up_after_many_tries()
    {
        int tries = 0;

        int error = await FileReplacement.RetryAsync(Count, TestContext.Current.CancellationToken);

        Assert.Equal(SharingViolation, error);
        Assert.InRange(tries, 10, 5000);

        int Count()
        {
            tries++;
            return SharingViolation;
        }
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FileReplacement.RetryAsync(
            () =>
            {
                cancellation.Cancel();
                return AccessDenied;
            },
            cancellation.Token));
    }

    [Theory(Skip = "Paths of Windows are relative elsewhere.", SkipType = typeof(Host), SkipUnless = nameof(Host.IsWindows))]
    [InlineData(@"C:\data\x.prom", @"\\?\C:\data\x.prom")]
    [InlineData(@"\\server\share\x.prom", @"\\?\UNC\server\share\x.prom")]
    [InlineData(@"\\?\C:\data\x.prom", @"\\?\C:\data\x.prom")]
    public void Paths_of_any_length_have_the_prefix_of_windows(string path, string expected)
    {
        Assert.Equal(expected, WindowsFile.WithPrefix(path));
    }
}
