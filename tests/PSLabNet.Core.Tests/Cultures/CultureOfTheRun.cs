using System;
using System.Globalization;
using Xunit;

namespace PSLabNet.Tests.Cultures;

/// <summary>
/// tests/Run-Cultures.sh runs this first, to check that a run really has its culture and zone. A system without the data of
/// cultures or zones silently uses others, and then the tests would prove nothing.
/// </summary>
public sealed class CultureOfTheRun
{
    [Fact(Explicit = true)]
    public void The_culture_and_the_zone_are_the_requested_ones()
    {
        string culture = Asked("PSLABNET_TEST_CULTURE");
        string zone = Asked("PSLABNET_TEST_ZONE");

        Assert.Equal(culture, CultureInfo.CurrentCulture.Name);
        Assert.Equal(culture == "tr-TR" ? "\u0130" : "I", "i".ToUpper(CultureInfo.CurrentCulture));
        Assert.Equal(zone, TimeZoneInfo.Local.Id);
    }

    private static string Asked(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{variable} is not set: tests/Run-Cultures.sh sets it.");
}
