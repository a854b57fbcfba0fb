using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.Net;

public sealed class ReceiveQueueTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Items_come_out_in_the_order_they_went_in()
    {
        using var queue = new ReceiveQueue<string>(10);
        queue.Enqueue("a");
        queue.Enqueue("b");
        Assert.Equal("a", await queue.DequeueAsync(Long, TestContext.Current.CancellationToken));
        Assert.Equal("b", await queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Null(await queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_waiting_reader_gets_the_next_item()
    {
        using var queue = new ReceiveQueue<string>(10);
        Task<string?> waiting = queue.DequeueAsync(Long, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        queue.Enqueue("late");
        Assert.Equal("late", await waiting);
    }

    [Fact]
    public async Task A_negative_limit_is_not_an_endless_wait()
    {
        using var queue = new ReceiveQueue<string>(10);
        Assert.Null(await queue.DequeueAsync(TimeSpan.FromMilliseconds(-1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_limit_beyond_the_systems_longest_wait_is_a_very_long_wait()
    {
        using var queue = new ReceiveQueue<string>(10);
        Task<string?> waiting = queue.DequeueAsync(TimeSpan.MaxValue, TestContext.Current.CancellationToken);
        queue.Enqueue("item");
        Assert.Equal("item", await waiting);
    }

    [Fact]
    public async Task Items_over_the_capacity_are_dropped_and_counted()
    {
        using var queue = new ReceiveQueue<string>(3);
        foreach (int number in Enumerable.Range(0, 8))
        {
            queue.Enqueue($"{number}");
        }

        Assert.Equal(5, queue.Dropped);
        Assert.Equal("0", await queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        queue.Enqueue("new");
        Assert.Equal(5, queue.Dropped);
        Assert.Equal("1", await queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Equal("2", await queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Equal("new", await queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Items_over_the_capacity_in_bytes_are_dropped_and_counted()
    {
        using var queue = new ReceiveQueue<string>(100, 10, item => item.Length, QueueOverflow.DropNewest);
        queue.Enqueue("12345");
        queue.Enqueue("123456");
        queue.Enqueue("67890");
        queue.Enqueue("1");
        Assert.Equal(2, queue.Dropped);
        Assert.Equal("12345", await queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        queue.Enqueue("abcde");
        Assert.Equal(2, queue.Dropped);
        Assert.Equal("67890", await queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Equal("abcde", await queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_queue_that_drops_the_oldest_keeps_the_newest()
    {
        using var queue = new ReceiveQueue<string>(3, 10, item => item.Length, QueueOverflow.DropOldest);
        foreach (int number in Enumerable.Range(0, 8))
        {
            queue.Enqueue($"{number}");
        }

        queue.Enqueue("123456789");
        Assert.Equal(7, queue.Dropped);
        Assert.Equal("7", await queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Equal("123456789", await queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Null(await queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_failure_comes_after_the_items_before_it_and_stays()
    {
        using var queue = new ReceiveQueue<string>(3);
        queue.Enqueue("before");
        queue.Fail(new TimeoutException("dead"));
        Assert.Equal("before", await queue.DequeueAsync(Long, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<TimeoutException>(() => queue.DequeueAsync(Long, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<TimeoutException>(() => queue.DequeueAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_failure_wakes_a_waiting_reader()
    {
        using var queue = new ReceiveQueue<string>(3);
        Task<string?> waiting = queue.DequeueAsync(Long, TestContext.Current.CancellationToken);
        queue.Fail(new TimeoutException("dead"));
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_and_comes_before_items()
    {
        using var queue = new ReceiveQueue<string>(3);
        using var stop = new CancellationTokenSource();
        Task<string?> waiting = queue.DequeueAsync(Long, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        queue.Enqueue("item");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.DequeueAsync(Long, stop.Token));
        Assert.Equal("item", await queue.DequeueAsync(Long, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_is_lost_or_duplicated_between_two_threads()
    {
        const int count = 20_000;
        using var queue = new ReceiveQueue<string>(count);
        Task writing = Task.Run(
            () =>
            {
                for (int number = 0; number < count; number++)
                {
                    queue.Enqueue($"{number}");
                }
            },
            TestContext.Current.CancellationToken);
        for (int number = 0; number < count; number++)
        {
            Assert.Equal($"{number}", await queue.DequeueAsync(Long, TestContext.Current.CancellationToken));
        }

        await writing;
        Assert.Equal(0, queue.Dropped);
    }
}
