using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Logs;
using Xunit;

namespace PSLabNet.Tests.Logs;

public sealed class FlexLmLogFollowerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string folder = Directory.CreateTempSubdirectory("follow").FullName;
    private readonly Channel<FlexLmLogEvent> events = Channel.CreateUnbounded<FlexLmLogEvent>();
    private readonly CancellationTokenSource cancellation = new();
    private Task? following;

    private string Log => Path.Combine(folder, "debug.log");

    public void Dispose()
    {
        cancellation.Cancel();
        try
        {
            following?.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // This is the intended end.
        }

        cancellation.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task New_lines_are_returned_and_old_ones_are_not()
    {
        Write(1, 2, 3);
        Follow(tail: 0);
        Write(4, 5);

        await ExpectAsync(4, 5);
    }

    [Theory]
    [InlineData(2, new[] { 2, 3 })]
    [InlineData(99, new[] { 1, 2, 3 })]
    [InlineData(null, new[] { 1, 2, 3 })]
    public async Task It_starts_with_the_last_lines(int? tail, int[] expected)
    {
        Write(1, 2, 3);
        Follow(tail);
        Write(4);

        await ExpectAsync([.. expected, 4]);
    }

    [Fact]
    public async Task A_half_written_line_is_returned_when_it_is_complete()
    {
        Append("1:00:00 (v) OUT: \"1\" a@h\n1:00:00 (v) OU");
        Follow(tail: 0);
        Append("T: \"2\" a@");
        Append("h\n1:00:00 (v) OUT: \"3");
        await ExpectAsync(2);
        Append("\" a@h\n");

        await ExpectAsync(3);
    }

    [Fact]
    public async Task A_file_that_is_renamed_and_created_again_is_still_followed()
    {
        Write(1);
        Follow(tail: null);
        await ExpectAsync(1);
        Write(2);
        Append("1:00:00 (v) OUT: \"3\" a@h");
        File.Move(Log, Log + ".1");
        File.AppendAllText(Log + ".1", "\n");
        File.WriteAllText(Log, "2:00:00 (lmgrd) new\n2:00:00 (v) OUT: \"4\" a@h\n");
        await ExpectAsync(2, 3, 4);
        Write(5);

        await ExpectAsync(5);
    }

    [Fact]
    public async Task A_file_that_is_truncated_is_still_followed()
    {
        Write(1, 2, 3);
        Follow(tail: null);
        await ExpectAsync(1, 2, 3);
        Truncate("3:00:00 (v) OUT: \"4\" a@h\n");
        await ExpectAsync(4);
        Write(5);

        await ExpectAsync(5);
    }

    [Fact]
    public async Task A_file_that_is_truncated_and_grows_past_its_old_size_is_still_followed()
    {
        Write(1);
        Follow(tail: null);
        await ExpectAsync(1);
        Truncate(string.Concat(Enumerable.Range(2, 50).Select(number => $"3:00:00 (v) OUT: \"{number}\" a@h\n")));

        await ExpectAsync([.. Enumerable.Range(2, 50)]);
    }

    [Fact]
    public async Task The_follower_waits_for_a_file_that_is_missing_for_a_while()
    {
        Write(1);
        Follow(tail: null);
        await ExpectAsync(1);
        File.Delete(Log);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Append("4:00:00 (v) OUT: \"2\" a@h\n");

        await ExpectAsync(2);
    }

    [Fact]
    public async Task An_empty_file_that_is_replaced_is_still_followed()
    {
        File.WriteAllText(Log, string.Empty);
        Follow(tail: 0);
        File.Move(Log, Log + ".1");
        Write(1);

        await ExpectAsync(1);
    }

    [Fact]
    public async Task A_longer_copy_that_is_moved_over_the_log_goes_on_where_the_log_was()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows moves no file over one that is open.");
        Write(1, 2);
        Follow(tail: null);
        await ExpectAsync(1, 2);
        foreach (int number in Enumerable.Range(3, 5))
        {
            File.Copy(Log, Log + ".new");
            Append(Log + ".new", Line(number));
            File.Move(Log + ".new", Log, overwrite: true);
            await ExpectAsync(number);
        }

        Write(8);
        await ExpectAsync(8);
    }

    [Fact]
    public async Task A_longer_copy_that_is_written_over_the_log_in_pieces_goes_on_where_the_log_was()
    {
        string text = string.Concat(Enumerable.Range(1, 4000).Select(Line));
        Append(text);
        Follow(tail: 1);
        await ExpectAsync(4000);
        using (var stream = new FileStream(Log, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            foreach (byte[] piece in Encoding.UTF8.GetBytes(text + Line(4001)).Chunk(20_000))
            {
                stream.Write(piece);
                stream.Flush();
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }

        await ExpectAsync(4001);
    }

    [Fact]
    public async Task A_log_that_grew_while_it_was_away_goes_on_where_it_was()
    {
        Write(1);
        Follow(tail: null);
        await ExpectAsync(1);
        File.Move(Log, Log + ".away");
        Append(Log + ".away", Line(2));
        await ExpectAsync(2);
        File.Copy(Log + ".away", Log + ".copy");
        Append(Log + ".copy", Line(3));
        File.Move(Log + ".copy", Log);

        await ExpectAsync(3);
    }

    [Fact]
    public async Task A_copy_of_the_log_that_is_older_is_told_only_from_where_it_grows_past_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows moves no file over one that is open.");
        Write(1);
        Follow(tail: null);
        File.Copy(Log, Log + ".old");
        Write(2);
        await ExpectAsync(1, 2);
        File.Move(Log + ".old", Log, overwrite: true);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Write(2, 3);

        await ExpectAsync(3);
    }

    [Fact]
    public async Task A_half_written_line_of_a_log_that_is_emptied_is_of_nobody()
    {
        Write(1);
        Append("1:00:00 (v) OUT: \"2\"");
        Follow(tail: null);
        await ExpectAsync(1);
        Truncate("3:00:00 (lmgrd) new\n3:00:00 (v) OUT: \"4\" a@h\n");

        await ExpectAsync(4);
    }

    [Fact]
    public async Task A_compressed_log_cannot_be_followed()
    {
        File.WriteAllBytes(Log, [0x1F, 0x8B, 8, 0]);

        await Assert.ThrowsAsync<IOException>(() => new FlexLmLogFollower(Log).FollowAsync(_ => { }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_missing_at_the_start_is_an_error() =>
        await Assert.ThrowsAsync<FileNotFoundException>(() => new FlexLmLogFollower(Log).FollowAsync(_ => { }, TestContext.Current.CancellationToken));

    [Fact]
    public async Task An_error_in_the_callback_ends_it()
    {
        Write(1);
        var follower = new FlexLmLogFollower(Log) { Tail = null };

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => follower.FollowAsync(_ => throw new InvalidOperationException(), TestContext.Current.CancellationToken));
    }

    private static void Append(string path, string text)
    {
        // Like a daemon, which lets others read and nothing else.
        using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private void Append(string text) => Append(Log, text);

    private static string Line(int number) => $"1:00:00 (v) OUT: \"{number}\" a@h\n";

    private void Write(params int[] numbers) => Append(string.Concat(numbers.Select(Line)));

    private void Truncate(string text)
    {
        using var stream = new FileStream(Log, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private void Follow(int? tail)
    {
        var options = new FlexLmLogOptions { TimeZone = Corpus.Zone, Kinds = [FlexLmLogKind.Out] };
        following = new FlexLmLogFollower(Log, options) { Interval = TimeSpan.FromMilliseconds(20), Tail = tail }
            .FollowAsync(item => events.Writer.TryWrite(item), cancellation.Token);
        Assert.False(following.IsFaulted, following.Exception?.ToString());
    }

    private async Task ExpectAsync(params int[] numbers)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        foreach (int number in numbers)
        {
            FlexLmLogEvent item = await events.Reader.ReadAsync(patience.Token);
            Assert.Equal(number.ToString(System.Globalization.CultureInfo.InvariantCulture), item.Feature);
        }
    }
}
