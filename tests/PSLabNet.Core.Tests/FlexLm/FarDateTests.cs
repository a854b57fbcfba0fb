using System.IO;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.LmStat;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm;

/// <summary>Publishers write far years for "never". They are dates like others, wherever they come from.</summary>
public sealed class FarDateTests
{
    [Theory]
    [InlineData("31-dec-9999", 9999)]
    [InlineData("1-jan-2100", 2100)]
    [InlineData("29-feb-2104", 2104)]
    public async Task A_year_after_2099_is_a_date(string text, int year)
    {
        string license = $"VENDOR v\nINCREMENT f0 v 1.0 {text} 10 SIGN=A1\n";
        using var server = new ScriptedLicense(license);

        FlexLmLicenseLine line = FlexLmLicenseFile.Parse(license, "file", fault => Assert.Fail(fault.ToString()))[1];
        Asking asking = await Asking.FeaturesOf(server.Address);
        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(
            new StringReader($"Users of f0:  (Total of 10 licenses issued;  Total of 0 licenses in use)\n\n  \"f0\" v1.0, vendor: v, expiry: {text}\n  floating license\n"), new FlexLmStatOptions()));

        Assert.Equal(year, line.Expires!.Value.Year);
        Assert.Equal(year, asking.Feature("f0").Expires!.Value.Year);
        Assert.Equal(line.Expires, Assert.Single(snapshot.Features).Expires);
        Assert.True(asking.Feature("f0").DaysLeft > 20_000);
        Assert.Empty(asking.Result.Warnings);
    }

    [Fact]
    public async Task A_clock_after_2099_is_a_time()
    {
        const long Year2150 = 5680281600;
        using var server = new ScriptedLicense(
            ScriptedLicense.Lines(1), vendorAnswer: request => request.Is(FrameType.LicenseStatusRequest) ? [new StatusReply(0, 10, Year2150).Encode(1)] : null);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal(2150, Assert.Single(asking.Feature("f0").Pools).ServerTime!.Value.UtcDateTime.Year);
        Assert.Null(asking.Feature("f0").Error);
    }
}
