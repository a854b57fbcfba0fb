using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.Benchmarks.FlexLm;
using PSLabNet.Benchmarks.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.LmStat;
using PSLabNet.FlexLm.Logs;
using PSLabNet.FlexLm.Usage;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.Benchmarks.Growth;

/// <summary>Reading of texts.</summary>
internal static class TextCurves
{
    public static IEnumerable<GrowthCurve> All =>
    [
        new("License file", "lines", 500, size => Licenses(SampleLicenseText.Lines(size))),
        new("License pools, each line supersedes another", "lines", 4000, size => Pools(SampleLicenseText.Superseding(size))),
        new("License pools, upgrades and packages", "features", 1000, size => Pools(SampleLicenseText.UpgradesAndPackages(size))),
        new("License pools, upgrades without a match", "versions", 4000, size => Pools(SampleLicenseText.UpgradesWithoutMatch(size))),
        new("License pools, components of a line with as many hosts", "components", 1000, size => Pools(SampleLicenseText.Components(size))),
        new("lmstat", "features", 50, size => LmStat(SampleText.Features(size, 10))),
        new("lmstat, one feature", "checkouts", 500, size => LmStat(SampleText.Features(1, size))),
        new("lmstat, a name as long as the list of its daemons", "daemons", 500, size => LmStat(SampleText.Daemons(size))),
        new("lmstat, names with blanks", "checkouts", 500, size => LmStat(SampleText.NamesWithBlanks(size))),
        new("Debug log, sessions", "lines", 1000, size => Log(SampleText.LogLines(size))),
        new("Use of licenses, from a log", "lines", 1000, size => Usage(SampleText.LogLines(size))),
    ];

    private static GrowthWork Licenses(string text) => GrowthWork.Of(() => FlexLmLicenseFile.Parse(text, "curve", _ => { }));

    private static GrowthWork Pools(string text)
    {
        IReadOnlyList<FlexLmLicenseLine> lines = FlexLmLicenseFile.Parse(text, "curve", _ => { });
        return GrowthWork.Of(() => LicensePools.Of(lines));
    }

    private static GrowthWork LmStat(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        return GrowthWork.Of(() => FlexLmStatReader.Read(new MemoryStream(bytes)).Last().ToString());
    }

    private static GrowthWork Usage(byte[] bytes) => GrowthWork.Of(() =>
    {
        var meter = new UsageMeter(new UsageOptions { By = [FlexLmUsageKey.User, FlexLmUsageKey.Hour] });
        foreach (FlexLmLogEvent item in FlexLmLogReader.Read(new MemoryStream(bytes)))
        {
            meter.Add(item);
        }

        _ = meter.Complete().Last();
    });

    private static GrowthWork Log(byte[] bytes) => GrowthWork.Of(() => FlexLmLogSessionTracker.Track(
        FlexLmLogReader.Read(new MemoryStream(bytes), new FlexLmLogOptions { Kinds = [.. FlexLmLogSessionTracker.Kinds] })).LastOrDefault()?.ToString());
}
