#if NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.LmStat;
using PSLabNet.FlexLm.OptionsFiles;
using PSLabNet.FlexLm.Query.Features;
using PSLabNet.FlexLm.Query.Status;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.Growth;

/// <summary>
/// Texts that contain something long once, and many lines or answers that refer to it. Twice the text may need twice the
/// memory to read, but not four times. The test counts allocations, which no other program on the machine influences.
/// </summary>
public sealed class HostileGrowthTests
{
    private const int Size = 500;

    // Twice, plus what growing arrays add. Four times would be quadratic.
    private const double MostTimes = 2.7;

    private static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Func<int, Action>> Shapes = new(StringComparer.Ordinal)
    {
        ["lmstat: daemons of one host"] = size => LmStat($"Vendor daemon status (on {Long(size)}\u0001):", Many(size, _ => "a: UP v11.19")),
        ["lmstat: nodes with one short name"] = size => LmStat($"License server status: 27000@a.{Long(size)}", Many(size, place => $"a.{place}: license server UP v11.19")),
        ["lmstat: license files in lines of their own"] = size => LmStat("License file(s) on a: /opt/a.lic:", Many(size, _ => "/opt/flexlm/licenses/another.lic:")),
        ["lmstat: features of one server"] = size => LmStat($"License server status: 27000@{Long(size)}", Many(size, place => $"Users of f{place}:  (Total of 1 license issued;  Total of 0 licenses in use)")),
        ["lmstat: users of one feature"] = size => LmStat(Feature(Long(size), "MLM", "1.0"), Many(size, User)),
        ["lmstat: users of one vendor"] = size => LmStat(Feature("f", Long(size), "1.0"), Many(size, User)),
        ["lmstat: users of one version"] = size => LmStat(Feature("f", "MLM", Long(size)), Many(size, User)),
        ["lmstat: words of an error"] = size => LmStat($"License server status: 27000@a\nError getting status: {Long(size)} (-15,570)", Many(size, _ => "For further information, refer to the documentation,")),
        ["lmstat: reports"] = size => LmStat(Long(size), Many(size, _ => "lmutil - Copyright (c) 1989-2024 Flexera.")),
        ["pools: components of a line with a long HOSTID"] = size => Pools($"INCREMENT p v 1.0 permanent 5 HOSTID={Long(size)} SIGN=AA", Package(size)),
        ["pools: components of a line with a long VENDOR_STRING"] = size => Pools($"INCREMENT p v 1.0 permanent 5 VENDOR_STRING={Long(size)} SIGN=AA", Package(size)),
        ["pools: components of a line with long signatures"] = size => Pools($"INCREMENT p v 1.0 permanent 5 SIGN=\"A {Long(size)}\" SIGN2=\"B {Long(size)}\"", Package(size)),
        ["pools: components of a line with a long version"] = size => Pools($"INCREMENT p v {Long(size)} permanent 5 SIGN=AA", Package(size)),
        ["pools: packages of one line"] = size => Pools($"INCREMENT p v 1.0 permanent 5 HOSTID={Long(size)} SIGN=AA", Many(size, place => $"PACKAGE p v 1.0 COMPONENTS=c{place}")),
        ["pools: beginnings of signatures, of all lengths"] = size => Pools(
            string.Join("\n", Enumerable.Range(1, (int)Math.Sqrt(size * 50)).Select(length => $"FEATURE z v 1 permanent 1 SIGN=1 SUPERSEDE_SIGN=f:{new string('A', length)}B")),
            Many(size, place => $"INCREMENT f v 1.{place} permanent 1 SIGN={new string('A', 60)}")),
        ["answers: users of a feature with a long name"] = size => Users(Long(size), "v", size),
        ["options: reservations for a large group that is excluded"] = size => Options($"GROUP g {string.Join(" ", Enumerable.Range(0, size * 5))}\nEXCLUDE f GROUP g", Many(size, place => $"RESERVE {place} f GROUP g")),
        ["answers: users of a vendor with a long name"] = size => Users("f", Long(size), size),
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Twice_the_text_takes_twice_the_memory(string shape)
    {
        Func<int, Action> make = Shapes[shape];
        Measure(make(Size));
        long once = Measure(make(Size));
        long twice = Measure(make(2 * Size));
        Assert.True(twice < once * MostTimes, $"{once} bytes, then {twice}: {(double)twice / once:0.00} times");
    }

    private static long Measure(Action read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        read();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Long(int size) => new('1', size * 50);

    private static string Many(int size, Func<int, string> line) => string.Join("\n", Enumerable.Range(0, size).Select(line));

    private static Action Options(string first, string lines) => () =>
    {
        using var reader = new StringReader($"{first}\n{lines}");
        Assert.NotEmpty(FlexLmOptionsFile.Check([.. FlexLmOptionsFile.Read(reader, "test", _ => { })], null));
    };

    private static string Package(int size) => $"PACKAGE p v COMPONENTS=\"{string.Join(" ", Enumerable.Range(0, size).Select(place => $"c{place}"))}\"";

    private static string Feature(string name, string vendor, string version) =>
        $"Users of {name}:  (Total of 9999 licenses issued;  Total of 999 licenses in use)\n  \"f\" v{version}, vendor: {vendor}, expiry: permanent(no expiration date)\n  floating license";

    private static string User(int place) => $"    u{place} ws /dev/tty (v1.0) (lic1/27000 {place}), start Mon 6/1 8:00";

    private static Action LmStat(string head, string rest)
    {
        var text = new StringReader($"{head}\n{rest}\n");
        return () =>
        {
            foreach (FlexLmSnapshot snapshot in FlexLmStatReader.Read(text, new FlexLmStatOptions { ReadAt = Now, TimeZone = TimeZoneInfo.Utc }))
            {
                Assert.True(snapshot.Features.Count + snapshot.Servers.Count + snapshot.Unparsed.Count >= 0);
            }
        };
    }

    private static Action Pools(string head, string rest)
    {
        IReadOnlyList<FlexLmLicenseLine> lines = FlexLmLicenseFile.Parse($"{head}\n{rest}\n", "test", fault => Assert.Fail(fault.ToString()));
        return () =>
        {
            IReadOnlyList<LicensePool> pools = LicensePools.Of(lines);
            Assert.True(pools.Count > 1);
            foreach (LicensePool pool in pools)
            {
                _ = pool.Signatures();
                _ = pool.Key.WithoutVendorString.GetHashCode();
            }
        };
    }

    private static Action Users(string feature, string vendor, int size)
    {
        LicensePool pool = Assert.Single(LicensePools.Of(FlexLmLicenseFile.Parse($"INCREMENT {feature} v 1.0 permanent 9 SIGN=AA\n", "test", _ => { })));
        var question = new PendingStatus(feature, "AA", 9);
        question.Answer(new StatusReply(size, size, 0));
        for (int place = 0; place < size; place++)
        {
            question.Add(new UsageReply(UsageKind.Checkout, "u", "ws", "tty", string.Empty) { Since = 1, Number = 1 });
        }

        return () => Assert.Equal(size, new PoolUsage(pool, question, null, "27000@a", vendor, Now).ToPool().Checkouts.Count);
    }
}
#endif
