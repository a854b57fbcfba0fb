using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Usage.Tallies;
using Xunit;

namespace PSLabNet.Tests.Usage;

/// <summary>Every number of a random log, against a count of its seconds.</summary>
public sealed class LoggedUseProperties
{
    // Clocks are set back at 01:00 UTC.
    private static readonly DateTimeOffset Autumn = new(2026, 10, 24, 23, 10, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Spring = new(2026, 3, 28, 23, 50, 0, TimeSpan.Zero);

    private static readonly TimeZoneInfo Berlin = UsageEvents.Berlin;

    [Fact]
    public void All_numbers_are_those_of_stepping_through_the_seconds()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var log = new RandomLog(seed, Autumn, 2000 + (seed * 37), hasRestarts: seed % 3 != 0);
            UsageOptions options = new() { TimeZone = Berlin, DenialWindow = TimeSpan.FromSeconds(RandomLog.Window), NightFrom = new TimeSpan(1, 30, 0), NightTo = new TimeSpan(2, 10, 0) };
            FlexLmUsage use = log.Events.Measure(options).Only();
            Check(use, log, seed, _ => true, options);
            Assert.Equal(log.Denials.Count, use.DenialCount);
            int[] returned = [.. log.Held.Where(one => one.IsReturned).Select(one => one.To - one.From).Order()];
            double? median = returned.Length == 0 ? null : (returned[(returned.Length - 1) / 2] + returned[returned.Length / 2]) / 2.0;
            Assert.Equal(median, use.MedianCheckout?.TotalSeconds);
            Assert.Equal(log.Held.Max(one => one.To - one.From), use.LongestCheckout!.Value.TotalSeconds);
            Assert.Equal(returned.Count(seconds => seconds < 60), use.ShortCheckoutCount);
            Assert.Equal(log.Held.Select(one => one.User).Distinct().Count(), use.UserCount);
        }
    }

    [Fact]
    public void Hours_are_those_of_local_time_when_the_clocks_change()
    {
        foreach (DateTimeOffset start in new[] { Autumn, Spring })
        {
            var log = new RandomLog(5, start, 4 * 3600, hasRestarts: true);
            UsageOptions options = new() { By = [FlexLmUsageKey.Day, FlexLmUsageKey.Hour], TimeZone = Berlin, DenialWindow = TimeSpan.FromSeconds(RandomLog.Window) };
            FlexLmUsage[] uses = [.. log.Events.Measure(options).Select(one => one.Usage)];
            ILookup<(string, int), int> seconds = Enumerable.Range(0, log.Seconds.Length).ToLookup(second => KeyOf(log, second));
            Assert.Equal(seconds.Select(hour => hour.Key).Order(), uses.Select(use => (use.Day!, use.Hour!.Value)).Order());
            foreach (FlexLmUsage use in uses)
            {
                Check(use, log, 0, second => KeyOf(log, second) == (use.Day!, use.Hour!.Value), options);
                Assert.Equal(log.Denials.Count(denial => KeyOf(log, denial.At) == (use.Day!, use.Hour!.Value)), use.DenialCount);
            }

            Assert.Equal(start == Autumn ? 7200 : 0, seconds.Where(hour => hour.Key.Item2 == 2).Sum(hour => hour.Count()));
        }
    }

    [Fact]
    public void Each_user_is_measured_over_the_same_time()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            var log = new RandomLog(seed, Autumn, 5000, hasRestarts: true);
            UsageOptions options = new() { By = [FlexLmUsageKey.User, FlexLmUsageKey.HostName], TimeZone = Berlin, DenialWindow = TimeSpan.FromSeconds(RandomLog.Window) };
            FlexLmUsage[] uses = [.. log.Events.Measure(options).Select(one => one.Usage)];
            Assert.Equal(log.Held.Select(one => one.User).Concat(log.Denials.Select(one => one.User)).Distinct().Order(), uses.Select(use => use.User ?? string.Empty).Order());
            RandomLog.Second[] covered = [.. log.Seconds.Where(second => second.IsCovered)];
            foreach (FlexLmUsage use in uses)
            {
                Assert.Equal("ws-" + use.User, use.HostName);
                int[] levels = [.. covered.Select(second => second.ByUser.GetValueOrDefault(use.User!)).Order()];
                Assert.Equal(levels.Average(), use.Average!.Value, 9);
                Assert.Equal(Smallest(levels, 0.95), use.P95);
                Assert.Equal(log.Denials.Count(denial => denial.User == use.User), use.DenialCount);
                Assert.Null(use.ShareAtLimit);
            }
        }
    }

    internal static int Smallest(int[] sorted, double share)
    {
        for (int level = 0; ; level++)
        {
            if (sorted.Count(one => one <= level) >= share * sorted.Length)
            {
                return level;
            }
        }
    }

    private static (string Day, int Hour) KeyOf(RandomLog log, int second)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(log.Start.AddSeconds(second), Berlin);
        return (local.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), local.Hour);
    }

    private static void Check(FlexLmUsage use, RandomLog log, int seed, Func<int, bool> isWanted, UsageOptions options)
    {
        int[] wanted = [.. Enumerable.Range(0, log.Seconds.Length).Where(isWanted)];

        // The record ends with the last stop, if the daemon does not start again.
        int last = Array.FindLastIndex(log.Seconds, second => second.IsCovered);
        int[] within = [.. wanted.Where(second => second <= last)];
        int[] covered = [.. within.Where(second => log.Seconds[second].IsCovered)];
        int[] levels = [.. covered.Select(second => log.Seconds[second].InUse).Order()];
        int[] demand = [.. covered.Select(second => log.Seconds[second].Demand).Order()];
        Assert.True(Math.Abs((double)covered.Length / within.Length - use.Coverage) < 1e-9, $"seed {seed}: coverage");
        if (covered.Length == 0)
        {
            Assert.Null(use.Average);
            return;
        }

        Assert.True(Math.Abs(levels.Average() - use.Average!.Value) < 1e-9, $"seed {seed}: average {levels.Average()} {use.Average}");
        Assert.Equal(Smallest(levels, 0.5), use.Median);
        Assert.Equal(Smallest(levels, 0.95), use.P95);
        Assert.Equal(Smallest(levels, 0.99), use.P99);
        Assert.Equal(Smallest(demand, 0.95), use.NeededFor95);
        Assert.Equal(Smallest(demand, 0.99), use.NeededFor99);
        Assert.Equal(wanted.Max(second => log.Seconds[second].Peak), use.Peak);
        Assert.Equal(wanted.Max(second => log.Seconds[second].PeakDemand), use.NeededForAll);
        Assert.Equal(log.Start.AddSeconds(wanted.First(second => log.Seconds[second].Peak == use.Peak)), use.PeakAt);
        double night = covered.Where(second => IsNight(log, second, options)).Sum(second => log.Seconds[second].InUse) / 3600.0;
        Assert.Equal(night, use.IdleHours!.Value, 9);
    }

    private static bool IsNight(RandomLog log, int second, UsageOptions options)
    {
        TimeSpan clock = TimeZoneInfo.ConvertTime(log.Start.AddSeconds(second), Berlin).TimeOfDay;
        return options.NightFrom < options.NightTo ? clock >= options.NightFrom && clock < options.NightTo : clock >= options.NightFrom || clock < options.NightTo;
    }
}
