using System;
using System.Collections.Generic;
using PSLabNet.IcePap.Discovery;
using Xunit;

namespace PSLabNet.Tests.IcePap.Discovery;

public sealed class IcePapQuietWindowTests
{
    [Fact]
    public void Without_answers_many_repetitions_come_twice_as_often_in_the_same_time()
    {
        Assert.Equal([0, 125, 250, 375, 500, 625, 750, 875], AskedAt(Window(1000, 3)));
        Assert.Equal([0, 300, 600], AskedAt(Window(900, 2)));
        Assert.Equal([0, 500], AskedAt(Window(1000, 1)));
        Assert.Equal([0], AskedAt(Window(1000, 0)));
    }

    [Fact]
    public void After_the_first_answer_requests_come_as_often_as_requested()
    {
        IcePapQuietWindow window = Window(1000, 3);
        Assert.True(window.IsRequestDue(Ms(0)));
        window.Asked++;
        window.BreakSilence(Ms(1));
        Assert.Equal([250, 500, 750], AskedAt(window));
    }

    [Fact]
    public void Requests_sent_before_the_first_answer_do_not_count_as_the_requested_ones()
    {
        IcePapQuietWindow window = Window(1000, 3);
        window.Asked = 5;
        window.BreakSilence(Ms(520));
        Assert.Equal([750], AskedAt(window));
    }

    [Fact]
    public void Something_new_restarts_the_window()
    {
        IcePapQuietWindow window = Window(1000, 1);
        window.Asked = 1;
        window.BreakSilence(Ms(0));
        window.Restart(Ms(400));
        Assert.Equal([900], AskedAt(window));
        Assert.False(window.IsOver(Ms(1399)));
        Assert.True(window.IsOver(Ms(1400)));
    }

    [Fact]
    public void The_time_until_the_next_request_counts_down_and_ends_with_the_window()
    {
        IcePapQuietWindow window = Window(1000, 1);
        Assert.Equal(Ms(0), window.UntilNext(Ms(0)));
        window.Asked = 1;
        Assert.Equal(Ms(400), window.UntilNext(Ms(100)));
        Assert.Equal(Ms(0), window.UntilNext(Ms(600)));
        window.Asked = 2;
        Assert.Equal(Ms(300), window.UntilNext(Ms(700)));
        Assert.Equal(Ms(0), window.UntilNext(Ms(1200)));
    }

    [Fact]
    public void More_repetitions_than_requested_make_the_window_longer_at_the_same_rate()
    {
        IcePapQuietWindow window = Window(1000, 1);
        window.Repetitions = 3;
        Assert.False(window.IsOver(Ms(1999)));
        Assert.True(window.IsOver(Ms(2000)));
        Assert.Equal([0, 500, 1000, 1500], AskedAt(window));
    }

    [Fact]
    public void An_answer_after_a_restart_counts_the_requests_from_there()
    {
        IcePapQuietWindow window = Window(1000, 3);
        window.Restart(Ms(400));
        window.BreakSilence(Ms(920));
        Assert.Equal(3, window.Asked);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(86_400_001, 1)]
    [InlineData(1000, -1)]
    public void A_timing_without_sense_is_refused(int milliseconds, int retry) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new IcePapTiming(Ms(milliseconds), retry));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(86_400_000, 1)]
    public void The_ends_of_the_ranges_of_a_timing_are_taken(int milliseconds, int retry) =>
        Assert.Equal((Ms(milliseconds), retry), (new IcePapTiming(Ms(milliseconds), retry).Quiet, new IcePapTiming(Ms(milliseconds), retry).Retry));

    [Fact]
    public void A_step_in_which_the_process_was_held_up_does_not_count()
    {
        IcePapQuietWindow window = Window(1000, 1);
        window.Forgive(Ms(1500), Ms(500));
        Assert.False(window.IsOver(Ms(2499)));
        Assert.True(window.IsOver(Ms(2500)));
    }

    [Fact]
    public void A_step_that_waits_and_takes_a_little_longer_counts()
    {
        IcePapQuietWindow window = Window(1000, 1);
        window.Forgive(Ms(520), Ms(500));
        Assert.True(window.IsOver(Ms(1000)));
    }

    [Fact]
    public void A_process_that_is_always_held_up_comes_to_an_end()
    {
        IcePapQuietWindow window = Window(1000, 1);
        int now = 0;
        while (!window.IsOver(Ms(now)) && now < 60_000)
        {
            now += 600;
            window.Forgive(Ms(600), Ms(100));
        }

        Assert.InRange(now, 5000, 7800);
    }

    private static IcePapQuietWindow Window(int milliseconds, int retry) => new(new IcePapTiming(Ms(milliseconds), retry)) { Repetitions = retry };

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    // The milliseconds at which it sends a request, up to the end of the window.
    private static List<int> AskedAt(IcePapQuietWindow window)
    {
        var times = new List<int>();
        for (int now = 0; !window.IsOver(Ms(now)); now++)
        {
            if (window.IsRequestDue(Ms(now)))
            {
                times.Add(now);
                window.Asked++;
            }
        }

        return times;
    }
}
