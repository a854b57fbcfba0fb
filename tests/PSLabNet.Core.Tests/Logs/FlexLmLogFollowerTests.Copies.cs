using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace PSLabNet.Tests.Logs;

public sealed partial class FlexLmLogFollowerTests : IDisposable
{
    [Fact(Skip = "Windows moves no file over one that is open.", SkipType = typeof(Host), SkipWhen = nameof(Host.IsWindows))]
    public async Task A_longer_copy_that_is_moved_over_the_log_goes_on_where_the_log_was()
    {
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

    [Fact(Skip = "Windows moves no file over one that is open.", SkipType = typeof(Host), SkipWhen = nameof(Host.IsWindows))]
    public async Task A_copy_of_the_log_that_is_older_is_told_only_from_where_it_grows_past_it()
    {
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

    private void Truncate(string text)
    {
        using var stream = new FileStream(Log, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
