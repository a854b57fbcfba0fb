using System.IO;
using System.Linq;
using System.Xml;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
using PSLabNet.FlexLm.Logs;
using PSLabNet.FlexLm.Report.Data;
using Xunit;

namespace PSLabNet.Tests.Reports;

/// <summary>The path of a user: saved text, read by the readers, shown in a page.</summary>
public sealed class ReportOfCorpusTests
{
    [Fact]
    public void Every_feature_of_every_output_of_lmstat_is_on_the_page()
    {
        foreach (string path in Directory.EnumerateFiles(Corpus.Folder("lmstat"), "*.txt"))
        {
            var builder = new FlexLmReportBuilder();
            using Stream file = File.OpenRead(path);
            foreach (FlexLmSnapshot snapshot in FlexLmStatReader.Read(file, new FlexLmStatOptions { Source = path }))
            {
                builder.Add(snapshot);
            }

            FlexLmReport report = builder.ToReport(path, SampleReport.Now);
            XmlDocument page = ReportPageText.Parse(report);

            Assert.Equal(report.Features.Count, page.SelectNodes("//table[contains(@class, 'features')]/tbody")!.Count);
            Assert.Equal(report.Features.Sum(feature => feature.Checkouts.Count + feature.Reservations.Count), page.SelectNodes("//pre[contains(@class, 'holders')]")!.Cast<XmlElement>().Sum(holders => holders.InnerText.Split('\n').Length - 1));
            Assert.Equal(report.Servers.Count(server => server.Status == FlexLmState.Up), page.SelectNodes("//section[@class='server']/h2/span[. = 'Up']")!.Count);
        }
    }

    [Fact]
    public void Every_denial_of_every_log_is_counted_and_usage_is_never_below_zero()
    {
        foreach (string path in Directory.EnumerateFiles(Corpus.Folder("logs"), "*.log"))
        {
            var builder = new FlexLmReportBuilder();
            FlexLmLogEvent[] events = [.. FlexLmLogReader.ReadFile(path, new FlexLmLogOptions { Kinds = FlexLmReportBuilder.LogKinds })];
            foreach (FlexLmLogEvent item in events)
            {
                builder.Add(item);
            }

            FlexLmReport report = builder.ToReport(path, SampleReport.Now);
            ReportPageText.Parse(report);

            Assert.Equal(events.Count(item => item.Kind is FlexLmLogKind.Denied or FlexLmLogKind.Unsupported), report.Denials?.Total ?? 0);
            Assert.All(report.Use.SelectMany(series => series.Points), point => Assert.InRange(point.Last, 0, point.Peak));
        }
    }
}
