using System;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Metrics;
using PSLabNet.FlexLm.Report.Page;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Tests.Reports;
using Xunit;

namespace PSLabNet.Tests.Cultures;

public sealed class SameInEveryCultureTests
{
    // Keywords and months are in lower case. With the Turkish i, INCREMENT would not match increment, nor SIGN sign.
    private const string License =
        "server lic1 ANY 27000\nvendor vend\nincrement Limit vend 1.0 31-dec-2030 5 ISSUED=1-FEB-2024 SIGN=1234567890AB\nfeature ini vend 2.5 29-feb-2028 1 HOSTID=ANY sign=1234567890AB\n";

    private const string Invariant = "";

    public static TheoryData<string> Cultures => Culture.All;

    [Theory]
    [MemberData(nameof(Cultures))]
    public void License_lines_are_read_the_same(string culture) => AssertSame(
        culture,
        () => string.Join("\n", FlexLmLicenseFile.Parse(License, "test", fault => throw new InvalidDataException(fault.ToString()))
            .Select(line => FormattableString.Invariant($"{line} {line.Expires:o} {line.Quantity} {line.Attributes}"))));

    [Theory]
    [MemberData(nameof(Cultures))]
    public void A_report_is_the_same_page(string culture) => AssertSame(
        culture,
        () =>
        {
            var page = new StringWriter();
            FlexLmReportWriter.Write(page, SampleReport.Laboratory());
            return page.ToString();
        });

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Metrics_are_the_same_text(string culture) => AssertSame(
        culture,
        () =>
        {
            var metrics = new FlexLmMetrics();
            foreach (FlexLmServerStatus server in SampleServers.All(SampleReport.Now))
            {
                metrics.Add(server);
            }

            metrics.Add(new FlexLmFeature
            {
                Name = "f",
                Issued = 3,
                ReportedInUse = 1,
                Expires = SampleReport.Now.AddMilliseconds(1500),
                Checkouts = [new FlexLmCheckout { User = "u", Since = SampleReport.Now }],
            });
            var text = new StringWriter();
            metrics.Write(text);
            return text.ToString();
        });

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Objects_in_one_line_are_the_same(string culture) => AssertSame(
        culture,
        () => string.Join("\n", new object[]
        {
            FlexLmErrorTable.Make(-15, "test"),
            new FlexLmSnapshot { ReportedAt = SampleReport.Now },
            new FlexLmLogSession { Start = SampleReport.Now, End = SampleReport.Now.AddSeconds(1.5), EndedBy = FlexLmSessionEnd.Returned },
            new FlexLmLicenseFault("f", 1234567, "m"),
            new FlexLmUnparsedLine(1234567, "t"),
        }));

    [Theory]
    [MemberData(nameof(Cultures))]
    public void An_invalid_number_is_shown_with_the_minus_sign_that_was_sent(string culture)
    {
        byte[] data = [0, 0, .. Encoding.ASCII.GetBytes("-5\0" + "10\0" + "0\0")];
        var frame = FlexLmFrame.Decode(new FlexLmFrame(FrameType.LicenseStatus, 0, data).Encode());

        string message = Culture.Under(culture, () => Assert.Throws<FlexLmProtocolException>(() => StatusReply.Decode(frame)).Message);

        Assert.Contains("-5 is no number of licenses", message, StringComparison.Ordinal);
    }

    private static void AssertSame(string culture, Func<string> make) => Assert.Equal(Culture.Under(Invariant, make), Culture.Under(culture, make));
}
