using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace PSLabNet.Tests.Files;

public sealed partial class AtomicFileTests : IDisposable
{
    [Fact]
    public async Task Several_writers_make_a_file_at_the_same_time()
    {
        for (int round = 0; round < 50; round++)
        {
            string path = Path.Combine(folder, $"{round}.prom");
            using var start = new Barrier(4);
            await Task.WhenAll(Enumerable.Range(0, start.ParticipantCount).Select(number => OnThread(() => WriteAsync(path, writer =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                writer.Write(number);
            }))));

            Assert.Equal(1, new FileInfo(path).Length);
        }

        Assert.Equal(50, Directory.GetFileSystemEntries(folder).Length);
    }

    [Fact]
    public async Task With_four_writers_the_file_is_there_and_whole_at_every_look()
    {
        await WriteAsync(Target, writer => writer.Write(Whole(0)));
        Task writers = Task.WhenAll(Enumerable.Range(1, 4).Select(number => Task.Run(async () =>
        {
            for (int count = 0; count < 60; count++)
            {
                await WriteAsync(Target, writer => writer.Write(Whole(number * count)));
            }
        })));

        int looks = 0;
        for (; !writers.IsCompleted || looks == 0; looks++)
        {
            using (var reader = new StreamReader(new FileStream(Target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)))
            {
                string text = reader.ReadToEnd();
                Assert.Equal(Whole(text.Length - Whole(0).Length), text);
            }

            // Windows replaces no file that is open. Without a pause, a reader that is slow to close it would keep it from all writers.
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await writers;
        Assert.Single(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task All_of_20_writes_beside_a_reader_that_shares_no_deletion_succeed()
    {
        await WriteAsync(Target, writer => writer.Write("0"));
        using var stop = new CancellationTokenSource();
        Task reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    _ = File.ReadAllText(Target);
                }
                catch (IOException)
                {
                    // The moment of the replacement.
                }
                catch (UnauthorizedAccessException)
                {
                    // The same on Windows.
                }
            }
        }, TestContext.Current.CancellationToken);

        for (int count = 1; count <= 20; count++)
        {
            await WriteAsync(Target, writer => writer.Write(count));
        }

        stop.Cancel();
        await reader;
        Assert.Equal("20", File.ReadAllText(Target));
    }
}
