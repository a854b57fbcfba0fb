using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Targets;
using PSLabNet.Lab;
using PSLabNet.Lab.Reports;

namespace PSLabNet.Fuzz;

/// <summary>Shows that each invariant works: every planted fault must be found, and with the right kind.</summary>
internal static class SelfTest
{
    private const long Seed = 1;
    private const long Inputs = 20_000;

    // Each slow input is run several times.
    private const long SlowInputs = 1_000;

    private static readonly Limits Short = new() { Hang = TimeSpan.FromSeconds(2), Slow = TimeSpan.FromMilliseconds(20), SlowAttempts = 2 };

    /// <summary>Runs all checks.</summary>
    /// <returns>The exit code.</returns>
    public static int Run()
    {
        (string Name, Func<string?> Test)[] tests =
        [
            ("a parser without a fault passes", () => Faulty(PlantedFault.None, null)),
            ("an exception that is not documented is found", () => Faulty(PlantedFault.Throws, "InvalidTimeZoneException in FaultyTarget.Break")),
            ("an index out of bounds is found", () => Faulty(PlantedFault.ReadsPastEnd, "IndexOutOfRangeException in FaultyTarget.Break")),
            ("too much memory is found", () => Faulty(PlantedFault.Allocates, "allocation")),
            ("too much time is found", () => Faulty(PlantedFault.IsSlow, "slow", SlowInputs)),
            ("a broken round trip is found", () => Faulty(PlantedFault.WritesAnother, "encode(decode(b)) is not b")),
            ("a control character is found", () => Faulty(PlantedFault.ShowsControl, "not printable: a field")),
            ("a hang is found, with its input", FindsHang),
            ("a failure is made small", MakesSmall),
            ("a failure is made again from seed and index", MakesAgain),
            ("the same seed makes the same inputs", IsRepeatable),
            ("mutants that teach something are kept", KeepsWhatIsNew),
            ("hostile characters are told from harmless ones", TellsHostile),
            ("what is no Prometheus text is refused", RefusesMetrics),
            ("a report with foreign markup is refused", RefusesMarkup),
            ("every valid input of every target holds", SeedsHold),
        ];
        var suite = new Suite("Fuzz self-test");
        foreach ((string name, Func<string?> test) in tests)
        {
            string? trouble = test();
            suite.Check(trouble is null, trouble is null ? name : $"{name}: {trouble}");
        }

        return suite.Conclude();
    }

    private static TargetResult Run(FuzzTarget target, long count = Inputs)
    {
        using var watchdog = new Watchdog(TimeSpan.FromMinutes(1), (_, _) => { });
        using var run = new TargetRun(target, Seed, Short, watchdog);
        return run.Run(count, TimeSpan.MaxValue);
    }

    private static string? Faulty(PlantedFault fault, string? kind, long count = Inputs)
    {
        using var target = new FaultyTarget(fault);
        string[] kinds = [.. Run(target, count).Findings.Select(finding => finding.Kind)];
        string[] expected = kind is null ? [] : [kind];
        return kinds.SequenceEqual(expected) ? null : $"found: [{string.Join(", ", kinds)}]";
    }

    // The input that hangs is released after it was found.
    private static string? FindsHang()
    {
        using var target = new FaultyTarget(PlantedFault.Hangs);
        byte[]? found = null;
        using var watchdog = new Watchdog(Short.Hang, (_, input) =>
        {
            found = input;
            target.LetGo();
        });
        using var run = new TargetRun(target, Seed, Short with { Slow = TimeSpan.MaxValue }, watchdog);
        run.Run(Inputs, TimeSpan.MaxValue);
        return found is null ? "it was not found" : FaultyTarget.IsMarked(found) ? null : "another input was named";
    }

    private static string? MakesSmall()
    {
        using var target = new FaultyTarget(PlantedFault.Throws);
        byte[] input = Run(target).Findings[0].Input;
        return input.AsSpan().SequenceEqual(FaultyTarget.Mark) ? null : $"{input.Length} bytes are left";
    }

    private static string? MakesAgain()
    {
        using var target = new FaultyTarget(PlantedFault.Throws);
        Finding first = Run(target).Findings[0];
        using var other = new FaultyTarget(PlantedFault.Throws);
        using var watchdog = new Watchdog(TimeSpan.FromMinutes(1), (_, _) => { });
        using var run = new TargetRun(other, Seed, Short, watchdog);
        Finding? again = run.Reproduce(first.Index);
        return again is not null && again.Kind == first.Kind && again.Input.AsSpan().SequenceEqual(first.Input) ? null : $"it was {again?.Kind}";
    }

    private static string? IsRepeatable()
    {
        using var one = new LmStatTarget();
        using var two = new LmStatTarget();
        TargetResult first = Run(one, 2000);
        TargetResult second = Run(two, 2000);
        return first.Valid == second.Valid && first.Kept == second.Kept ? null : $"{first.Valid} and {second.Valid} valid, {first.Kept} and {second.Kept} kept";
    }

    private static string? KeepsWhatIsNew()
    {
        using var target = new FaultyTarget(PlantedFault.None);
        int kept = Run(target).Kept;
        return kept is > 10 and < (int)Inputs / 2 ? null : $"{kept} of {Inputs} were kept";
    }

    private static string? TellsHostile()
    {
        string[] hostile = ["\0", "\u001b[31m", "\u007f", "\u009b", "\u00ad", "\u200b", "\u202e", "\u2066", "\u2028", "\ufeff", "\ud83d", "\ude00", "a\ude00\ud83d", "\U000E0041", "\r", "\t"];
        string[] harmless = ["", "plain", "Grüße", "日本", "\U0001F600", "א", "~ "];
        return hostile.FirstOrDefault(text => Printable.FirstBad(text) < 0) is { } missed ? $"U+{(int)missed[0]:X4} is taken for harmless"
            : harmless.FirstOrDefault(text => Printable.FirstBad(text) >= 0) is { } refused ? $"{refused} is taken for hostile" : null;
    }

    private static string? RefusesMetrics()
    {
        const string Head = "# HELP m Help.\n# TYPE m gauge\n";
        string[] good = ["", Head, Head + "m 1\n", Head + "m{a=\"b\"} 1\nm{a=\"c\\\"\\\\\\n\",d=\"\"} +Inf\n", Head + "m 1e+20\n"];
        string[] bad =
        [
            "m 1\n", Head + "m 1", Head + "n 1\n", Head + "m{a=\"b\"} \n", Head + "m{a=\"b} 1\n", Head + "m{a=\"b\"c\"} 1\n", Head + "m{a=\"\\x\"} 1\n", Head + "m{=\"b\"} 1\n", Head + "m{a=\"b\",a=\"c\"} 1\n",
            Head + "m 1\nm 1\n", Head + "m{a=\"\ud83d\"} 1\nm{a=\"\ud83e\"} 1\n", Head + "m{a=\"\r\"} 1\n", Head + "m{a=\"\u001b\"} 1\n", Head + "m 1,5\n", Head + Head, "# TYPE m gauge\n", Head + "m{a=\"x\ny\"} 1\n",
        ];
        return Refuses(good, bad, text => PrometheusText.Check(text));
    }

    private static string? RefusesMarkup()
    {
        string page = ReportPages.Hostile("harmless");
        var markup = new ReportMarkup();
        markup.Learn(page);
        string With(string text) => page.Replace("harmless", text, StringComparison.Ordinal);
        string[] bad =
        [
            With("<img src=\"x\">"), With("<b>x</b>"), With("\" onmouseover=\"a"), With("<!--"), With("&nbsp;"), With("&"), With("a > b"), With("<"), With("\u202e"), With("\u001b"), With("</td>"), With("<script>alert(1)</script>"),
            page.Replace("</script>", "alert(1)</script>", StringComparison.Ordinal), page.Replace("</style>", "a{}</style>", StringComparison.Ordinal), page[..^10],
        ];
        return Refuses([page, With("x &amp; y"), With("&lt;b&gt;")], bad, text => markup.Check(text));
    }

    private static string? Refuses(string[] good, string[] bad, Action<string> check)
    {
        for (int index = 0; index < good.Length + bad.Length; index++)
        {
            bool isGood = index < good.Length;
            try
            {
                check(isGood ? good[index] : bad[index - good.Length]);
                if (!isGood)
                {
                    return $"the bad text {index - good.Length} is taken";
                }
            }
            catch (FuzzViolation violation)
            {
                if (isGood)
                {
                    return $"the good text {index} is refused: {violation.Message}";
                }
            }
        }

        return null;
    }

    private static string? SeedsHold()
    {
        var troubles = new List<string>();
        foreach (Func<FuzzTarget> make in AllTargets.Named("all"))
        {
            using FuzzTarget target = make();
            using var watchdog = new Watchdog(TimeSpan.FromMinutes(1), (_, _) => { });
            using var run = new TargetRun(target, Seed, new Limits(), watchdog);
            TargetResult result = run.Run(target.Seeds.Count, TimeSpan.MaxValue);
            if (result.Findings.Count > 0 || result.Valid == 0)
            {
                troubles.Add($"{target.Name}: {result.Valid} valid, {string.Join(", ", result.Findings.Select(finding => finding.Kind))}");
            }
        }

        return troubles.Count == 0 ? null : string.Join("; ", troubles);
    }
}
