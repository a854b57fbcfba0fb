using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Usage.Sampled;
using PSLabNet.FlexLm.Usage.Tallies;
using Xunit;

namespace PSLabNet.Tests.Usage;

/// <summary>Every number of random samples, against a count of its seconds.</summary>
public sealed class SampledUseProperties
{
    private static readonly DateTimeOffset Start = new(2026, 10, 24, 20, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Berlin = UsageEvents.Berlin;

    [Fact]
    public void All_numbers_are_those_of_stepping_through_the_seconds()
    {
        for (int seed = 0; seed < 80; seed++)
        {
            var random = new Random(seed);
            FlexLmSample[] samples = Samples(random, random.Next(2, SampleHistory.UsualFrom));
            FlexLmUsage use = InParts(samples, random).Measure(new UsageOptions { By = [FlexLmUsageKey.Feature], TimeZone = Berlin }).Only();
            Check(use, samples, _ => true);
        }
    }

    [Fact]
    public void Weekdays_and_hours_are_those_of_local_time()
    {
        var random = new Random(77);
        FlexLmSample[] samples = Samples(random, 99);
        FlexLmUsage[] uses = [.. samples.Measure(new UsageOptions { By = [FlexLmUsageKey.Weekday, FlexLmUsageKey.Hour], TimeZone = Berlin }).Select(one => one.Usage)];
        Assert.True(uses.Length > 10);
        foreach (FlexLmUsage use in uses)
        {
            Check(use, samples, second => Local(second) is var local && local.DayOfWeek == use.Weekday && local.Hour == use.Hour);
        }
    }

    [Fact]
    public void The_usual_distance_is_that_of_the_first_hundred_samples()
    {
        // 120 samples each minute, then 10 each five minutes: those are gaps.
        FlexLmSample[] samples = [.. Enumerable.Range(0, 120).Concat(Enumerable.Range(1, 10).Select(index => 119 + (5 * index)))
            .Select(minute => new FlexLmSample { Time = Start.AddMinutes(minute), Feature = "F", InUse = 1 })];
        Assert.Equal(119.0 / 169, samples.Measure().Only().Coverage, 9);
    }

    [Fact]
    public void Samples_in_reverse_order_give_the_same()
    {
        FlexLmSample[] samples = Samples(new Random(3), 90);
        UsageOptions options = new() { By = [FlexLmUsageKey.Feature], TimeZone = Berlin };
        Check(samples.Reverse().Measure(options).Only(), samples, _ => true);
    }

    private static DateTimeOffset Local(int second) => TimeZoneInfo.ConvertTime(Start.AddSeconds(second), Berlin);

    // Ten minutes apart, more or less; some are missing, and sometimes the server did not answer.
    private static FlexLmSample[] Samples(Random random, int count)
    {
        var samples = new List<FlexLmSample>();
        int at = 0;
        for (int index = 0; index < count; index++)
        {
            bool isKnown = random.Next(15) > 0;
            samples.Add(new FlexLmSample
            {
                Time = Start.AddSeconds(at),
                Server = "27000@lic1",
                Vendor = "MLM",
                Feature = "MATLAB",
                Version = index < count / 2 ? "48" : "49",
                Issued = isKnown ? (index < count / 3 ? 8 : 10) : null,
                InUse = isKnown ? random.Next(0, 11) : null,
                Reserved = isKnown ? random.Next(0, 2) : null,
                Queued = isKnown && random.Next(4) > 0 ? random.Next(0, 3) : null,
            });
            at += 600 + random.Next(-9, 10);
            at += random.Next(12) == 0 ? 600 * random.Next(1, 5) : 0;
        }

        return [.. samples];
    }

    // Files that come in another order than that of time.
    private static IEnumerable<FlexLmSample> InParts(FlexLmSample[] samples, Random random)
    {
        int size = Math.Min(samples.Length, random.Next(2, samples.Length + 1));
        return Enumerable.Range(0, (samples.Length + size - 1) / size)
            .OrderBy(_ => random.Next())
            .SelectMany(part => samples.Skip(part * size).Take(size));
    }

    private static void Check(FlexLmUsage use, FlexLmSample[] samples, Func<int, bool> isWanted)
    {
        int[] times = [.. samples.Select(sample => (int)(sample.Time - Start).TotalSeconds)];
        int[] distances = [.. times.Skip(1).Zip(times, (later, earlier) => later - earlier).Order()];
        int usual = distances[(distances.Length - 1) / 2];
        var levels = new List<int>();
        var demand = new List<int>();
        int seconds = 0;
        int limit = 0;
        int night = 0;
        int next = 0;
        for (int second = 0; second < times[times.Length - 1]; second++)
        {
            next += second >= times[next + 1] ? 1 : 0;
            if (!isWanted(second))
            {
                continue;
            }

            seconds++;
            FlexLmSample sample = samples[next];
            if (sample.InUse is not { } inUse || times[next + 1] - times[next] > 3 * usual)
            {
                continue;
            }

            levels.Add(inUse);
            demand.Add(inUse + (sample.Queued ?? 0));
            limit += inUse + sample.Reserved >= sample.Issued ? 1 : 0;
            night += Local(second).Hour is >= 20 or < 6 ? inUse : 0;
        }

        Assert.Equal((double)levels.Count / seconds, use.Coverage, 9);
        if (levels.Count == 0)
        {
            Assert.Null(use.NeededForAll);
            return;
        }

        int[] sorted = [.. levels.Order()];
        int[] needed = [.. demand.Order()];
        Assert.Equal(levels.Average(), use.Average!.Value, 9);
        Assert.Equal(LoggedUseProperties.Smallest(sorted, 0.5), use.Median);
        Assert.Equal(LoggedUseProperties.Smallest(sorted, 0.95), use.P95);
        Assert.Equal(LoggedUseProperties.Smallest(sorted, 0.99), use.P99);
        Assert.Equal(LoggedUseProperties.Smallest(needed, 0.95), use.NeededFor95);
        Assert.Equal(LoggedUseProperties.Smallest(needed, 0.99), use.NeededFor99);
        Assert.Equal((double)limit / levels.Count, use.ShareAtLimit!.Value, 9);
        Assert.Equal(night / 3600.0, use.IdleHours!.Value, 9);

        // A sample is known at its moment, also if it holds for no time.
        FlexLmSample[] known = [.. samples.Where((sample, index) => sample.InUse is not null && (isWanted(times[index]) || (index < times.Length - 1 && times[index + 1] - times[index] <= 3 * usual && Enumerable.Range(times[index], times[index + 1] - times[index]).Any(isWanted))))];
        Assert.Equal(known.Max(sample => sample.InUse), use.Peak);
        Assert.Equal(known.Max(sample => sample.InUse + (sample.Queued ?? 0)), use.NeededForAll);
        Assert.Equal(known[known.Length - 1].Issued, use.Issued);
        Assert.Null(use.DenialCount);
        Assert.Null(use.UserCount);
    }
}
