using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Metrics;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;

namespace PSLabNet.Fuzz.Targets;

/// <summary>Metrics of servers and features with only hostile texts: the output is in Prometheus' text format.</summary>
internal sealed class MetricsTarget : FuzzTarget
{
    // One of 64 KiB becomes 22 MB of metrics, whose writing and checking takes a slow computer a second.
    private readonly TextMutator mutator = new([.. Tokens.Hostile, [0xFF]]) { Longest = 1024, LongWord = 8 * 1024 };
    private readonly StringWriter writer = new();

    public override string Name => "metrics";

    public override int Share => 40;

    // Each text is in up to a hundred labels, each character can take five there, and the labels are sorted as text.
    public override long AllocationConstant => 1024 * 1024;

    public override long AllocationPerByte => 16_000;

    public override int LongestSeed => 512;

    /// <summary>Texts, separated by a byte FF.</summary>
    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[] { "a|b|c|d", "MATLAB|alice|27000@lic1|MLM|52", "x\"y|x\\y|x\ny|{a=\"b\"}", "same|same|same|same" }.Select(Join),
        [0xED, 0xA0, 0xBD, 0xFF, 0xED, 0xA0, 0xBE, 0xFF, 0xED, 0xB8, 0x80],
    ];

    public override byte[] Mutate(FuzzRandom random, SeedPool pool) => mutator.Mutate(random, pool);

    public override void Run(byte[] input, Outcome outcome)
    {
        string[] texts = Split(input);
        string Text(int index) => texts[index % texts.Length];
        int number = input.Length;
        var metrics = new FlexLmMetrics(new FlexLmMetricOptions
        {
            Users = number % 5 == 0 ? FlexLmMetricUsers.Leave : FlexLmMetricUsers.Name,
            UserLabels = number % 3 == 0 ? FlexLmMetricUserLabels.SinceHostVersion : FlexLmMetricUserLabels.Since,
            Vendors = number % 7 == 0 ? FlexLmMetricVendors.Always : FlexLmMetricVendors.WhereNamesCollide,
            FarExpiry = number % 2 == 0 ? FlexLmMetricExpiry.Never : FlexLmMetricExpiry.Day,
        });
        var node = new FlexLmServerStatus { Server = Text(0), HostName = Text(1), Version = Text(2), Port = number, Status = FlexLmState.Up, Vendors = [new() { Name = Text(3), Version = Text(4) }, new() { Name = Text(5), Version = Text(6) }] };
        metrics.Add(node);
        metrics.Add(new FlexLmServerStatus(node) { Server = Text(1), Nodes = [node, new FlexLmServerStatus(node) { HostName = Text(7) }] });
        for (int index = 0; index < Math.Min(texts.Length, 6); index++)
        {
            metrics.Add(Feature(Text, index, number));
        }

        writer.GetStringBuilder().Clear();
        metrics.Write(writer);
        outcome.AddSize(PrometheusText.Check(writer.ToString()));
        outcome.AddSizes(texts);
        outcome.AddFlag(texts.Distinct().Count() == texts.Length);
        outcome.IsValid = true;
    }

    protected override void Dispose(bool disposing)
    {
        writer.Dispose();
        base.Dispose(disposing);
    }

    private static FlexLmFeature Feature(Func<int, string> text, int index, int number) => new()
    {
        Server = text(0),
        Vendor = text(index + 1),
        Name = text(index),
        Issued = index == 3 ? null : int.MaxValue - index,
        ReportedInUse = index == 2 ? null : number,
        LicenseType = (FlexLmLicenseType)(index % 6),
        Pools = [new() { Version = text(index + 2), Issued = number, LicenseType = FlexLmLicenseType.Floating }, new() { Version = text(index), Expires = DateTimeOffset.MaxValue, LicenseType = FlexLmLicenseType.Uncounted }],
        Checkouts = [Checkout(text(index + 1), number), new FlexLmCheckout(Checkout(text(index + 3), 1)) { Since = DateTimeOffset.MinValue }, Checkout(text(index + 4), 1)],
        Reservations = [new FlexLmCheckout(Checkout(text(index + 2), 1)) { ReservedFor = "HOST" }, new FlexLmCheckout(Checkout(text(index + 3), 2)) { ReservedFor = text(index) }],
    };

    private static FlexLmCheckout Checkout(string user, int count) => new() { User = user, Count = count };

    private static string[] Split(byte[] input)
    {
        var texts = new List<string>();
        for (int start = 0; start <= input.Length && texts.Count < 64;)
        {
            int end = Array.IndexOf(input, (byte)0xFF, start);
            end = end < 0 ? input.Length : end;
            texts.Add(LooseText.Decode(input.AsSpan(start, end - start)));
            start = end + 1;
        }

        return [.. texts];
    }

    private static byte[] Join(string texts) => [.. Encoding.UTF8.GetBytes(texts).Select(value => value == (byte)'|' ? (byte)0xFF : value)];
}
