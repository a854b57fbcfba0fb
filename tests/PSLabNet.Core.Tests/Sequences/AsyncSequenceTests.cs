using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Streams;
using Xunit;

namespace PSLabNet.Tests.Sequences;

public sealed class AsyncSequenceTests
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(20);

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_come_in_order_and_the_sequence_ends_with_the_work()
    {
        var read = new List<int>();
        await foreach (int result in Sequence(CountToThreeAsync))
        {
            read.Add(result);
        }

        Assert.Equal([1, 2, 3], read);
        Assert.Equal([1, 2, 3], await Sequence(CountToThreeAsync).ToListAsync(TestToken));
    }

    [Fact]
    public async Task No_work_starts_before_the_first_result_is_requested_and_each_loop_repeats_the_work()
    {
        int runs = 0;
        AsyncSequence<int> sequence = Sequence((results, _) =>
        {
            results.Add(++runs);
            return Task.CompletedTask;
        });
        AsyncSequenceEnumerator<int> reader = sequence.GetAsyncEnumerator(TestToken);
        Assert.Equal(0, runs);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(1, reader.Current);
        await reader.DisposeAsync();
        Assert.Equal([2], await sequence.ToListAsync(TestToken));
    }

    [Fact]
    public async Task After_the_end_there_is_still_nothing_more()
    {
        AsyncSequenceEnumerator<int> reader = Sequence((_, _) => Task.CompletedTask).GetAsyncEnumerator(TestToken);
        Assert.False(await reader.MoveNextAsync());
        Assert.False(await reader.MoveNextAsync());
        await reader.DisposeAsync();
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task An_error_of_the_work_is_thrown_after_the_results_before_it()
    {
        var read = new List<int>();
        var error = await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await foreach (int result in Sequence(async (results, token) =>
            {
                await CountToThreeAsync(results, token);
                throw new TimeoutException("too late");
            }))
            {
                read.Add(result);
            }
        });
        Assert.Equal("too late", error.Message);
        Assert.Equal([1, 2, 3], read);
    }

    [Fact]
    public async Task Leaving_a_loop_early_waits_until_the_work_has_cleaned_up()
    {
        bool isClean = false;
        await foreach (int result in Sequence(async (results, token) =>
        {
            try
            {
                results.Add(1);
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                // Like a socket that is slow to close.
                await Task.Delay(50, CancellationToken.None);
                isClean = true;
            }
        }))
        {
            Assert.Equal(1, result);
            break;
        }

        Assert.True(isClean);
    }

    [Fact]
    public async Task An_error_that_comes_while_a_loop_is_left_is_not_thrown()
    {
        await foreach (int result in Sequence(async (results, token) =>
        {
            results.Add(1);
            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, token));
            throw new InvalidOperationException("while closing");
        }))
        {
            Assert.Equal(1, result);
            break;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_token_of_the_sequence_and_that_of_the_loop_both_end_the_work(bool isOfSequence)
    {
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool hasEnded = false;
        var sequence = new AsyncSequence<int>(
            async (_, token) =>
            {
                started.SetResult(true);
                await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, token));
                hasEnded = true;
                token.ThrowIfCancellationRequested();
            },
            isOfSequence ? stop.Token : CancellationToken.None);
        AsyncSequenceEnumerator<int> reader = sequence.GetAsyncEnumerator(isOfSequence ? CancellationToken.None : stop.Token);
        Task<bool> next = reader.MoveNextAsync();
        await started.Task.WaitAsync(Promptly, TestToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Promptly, TestToken));
        await reader.DisposeAsync();
        Assert.True(hasEnded);
    }

    [Fact]
    public async Task Work_cancelled_before_it_began_does_nothing()
    {
        bool hasRun = false;
        AsyncSequence<int> sequence = Sequence((_, _) =>
        {
            hasRun = true;
            return Task.CompletedTask;
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sequence.ToListAsync(new CancellationToken(canceled: true)));
        Assert.False(hasRun);
    }

    [Fact]
    public async Task Work_that_ignores_its_cancellation_does_not_count_as_complete()
    {
        using var stop = new CancellationTokenSource();
        AsyncSequenceEnumerator<int> reader = Sequence(CountToThreeAsync).GetAsyncEnumerator(stop.Token);
        Assert.True(await reader.MoveNextAsync());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(reader.MoveNextAsync);
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task A_slow_reader_does_not_delay_the_work()
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        int read = 0;
        await foreach (int result in Sequence((results, _) =>
        {
            for (int number = 1; number <= 1000; number++)
            {
                results.Add(number);
            }

            done.SetResult(true);
            return Task.CompletedTask;
        }))
        {
            await done.Task.WaitAsync(Promptly, TestToken);
            Assert.Equal(++read, result);
        }

        Assert.Equal(1000, read);
    }

    [Fact]
    public async Task Work_that_waits_until_a_result_is_taken_is_never_more_than_one_ahead()
    {
        int added = 0;
        int read = 0;
        await foreach (int result in Sequence(async (results, token) =>
        {
            while (true)
            {
                results.Add(++added);
                await results.WaitUntilTakenAsync();
            }
        }))
        {
            Assert.Equal(++read, result);
            Assert.InRange(added, read, read + 1);
            if (read == 100)
            {
                break;
            }
        }

        Assert.InRange(added, 100, 101);
    }

    private static AsyncSequence<int> Sequence(Func<AsyncSequenceEnumerator<int>, CancellationToken, Task> work) => new(work, TestToken);

    private static async Task CountToThreeAsync(AsyncSequenceEnumerator<int> results, CancellationToken token)
    {
        for (int number = 1; number <= 3; number++)
        {
            results.Add(number);
            await Task.Yield();
        }
    }
}
