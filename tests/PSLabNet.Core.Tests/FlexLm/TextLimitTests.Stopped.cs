using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm;

public sealed partial class TextLimitTests
{
    [Theory]
    [InlineData("# a comment")]
    [InlineData("")]
    [InlineData("no license line")]
    [InlineData("INCREMENT f v 1.0 permanent 1 SIGN=1")]
    [InlineData("INCREMENT f v 1.0 permanent 1 \\")]
    public void Reading_ends_when_the_token_is_cancelled_whatever_the_text_is(string line)
    {
        using var stop = new CancellationTokenSource();
        using var endless = new EndlessReader(line, linesBeforeStop: 1000, stop);

        Assert.Throws<OperationCanceledException>(() => LimitedLines.Read(endless, "test", _ => { }, CountBudget.Unlimited, stop.Token));
        Assert.InRange(endless.Count, 1000, 1001);
    }

    [Fact]
    public void Counting_what_is_left_out_ends_when_the_token_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        using var endless = new EndlessReader("INCREMENT f v 1.0 permanent 1 SIGN=1", linesBeforeStop: 1000, stop);

        Assert.Throws<OperationCanceledException>(() => LimitedLines.Read(endless, "test", _ => { }, new CountBudget(10), stop.Token));
    }

    [Fact]
    public void Pooling_ends_when_the_token_is_cancelled()
    {
        IReadOnlyList<FlexLmLicenseLine> lines = FlexLmLicenseFile.Parse(ScriptedLicense.Lines(3), "test", _ => { });

        Assert.Throws<OperationCanceledException>(() => LicensePools.Find(lines, CountBudget.Unlimited, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Sorting_superseded_signatures_ends_when_the_token_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var signed = new SignedLines(stop.Token);
        signed.Add("f", "A");
        signed.Add("f", "B");
        FlexLmLicenseLine line = Assert.Single(FlexLmLicenseFile.Parse("INCREMENT f v 1.0 permanent 1 SIGN=C\n", "test", _ => { }));

        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => signed.Contains(line));
    }

    [Fact]
    public async Task Features_that_the_deadline_leaves_without_an_answer_are_delivered_or_counted()
    {
        const int Count = 200;
        using var server = new ScriptedLicense(ScriptedLicense.Lines(Count), vendorAnswer: request => request.Is(FrameType.LicenseStatusRequest) ? [] : null);
        var timeout = TimeSpan.FromSeconds(2);
        var slow = new List<string>();
        using var never = new ManualResetEventSlim();

        FlexLmFeatureResult result = await new FlexLmClient(new FlexLmQueryOptions { Timeout = timeout }).GetFeaturesAsync(
            Asking.Address(server.Address),
            FlexLmFeatureFilter.All,
            feature =>
            {
                slow.Add(feature.Name);
                if (slow.Count == 10)
                {
                    // A consumer that is slow beyond the time in which anything may be delivered.
                    never.Wait(timeout + QueryLimits.Grace + QueryLimits.Grace, TestContext.Current.CancellationToken);
                }
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(10, slow.Count);
        Assert.Contains(result.Warnings, warning => warning.EndsWith($"{Count - 10} features are left out, because the time for the server is over.", StringComparison.Ordinal));
        Assert.NotEmpty(result.Errors);
    }

    // The same line without end; after some of them, somebody stops the reading.
    private sealed class EndlessReader(string line, int linesBeforeStop, CancellationTokenSource stop) : TextReader
    {
        public int Count { get; private set; }

        public override string ReadLine()
        {
            if (++Count == linesBeforeStop)
            {
                stop.Cancel();
            }

            return line;
        }
    }
}
