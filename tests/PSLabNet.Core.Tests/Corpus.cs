using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace PSLabNet.Tests;

/// <summary>The texts of tests/corpus. The expected objects are in files beside them.</summary>
public static class Corpus
{
    /// <summary>A zone with summer time that does not depend on the system's tables: one hour, last Sundays of March and October.</summary>
    public static TimeZoneInfo Zone { get; } = MakeZone();

    // The project copies the corpus beside the tests, because the sources may have moved since the build.
    public static string Folder(string kind) => Path.Combine(AppContext.BaseDirectory, "corpus", kind);

    public static string PathOf(string kind, string name) => Path.Combine(Folder(kind), name);

    public static IEnumerable<string> Names(string kind, string pattern) =>
        Directory.GetFiles(Folder(kind), pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Compares a text with the expected one.</summary>
    public static void AssertExpected(string kind, string name, string actual) =>
        Xunit.Assert.Equal(File.ReadAllText(PathOf(kind, Path.ChangeExtension(name, ".expected.json"))).ReplaceLineEndings("\n"), actual);

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static TimeZoneInfo MakeZone()
    {
        var spring = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday);
        var autumn = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), spring, autumn);
        return TimeZoneInfo.CreateCustomTimeZone("Lab", TimeSpan.FromHours(1), "Lab", "Lab", "Lab summer", [rule]);
    }
}
