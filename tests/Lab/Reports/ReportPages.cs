using System.IO;
using PSLabNet.FlexLm.Report.Data;
using PSLabNet.FlexLm.Report.Page;
using PSLabNet.Tests.Reports;

namespace PSLabNet.Lab.Reports;

/// <summary>The HTML pages of sample reports.</summary>
public static class ReportPages
{
    /// <summary>A page of ordinary size, with something for every section.</summary>
    public static string Laboratory() => Write(SampleReport.Laboratory());

    /// <summary>A page with so many features and checkouts.</summary>
    public static string Large(int features, int checkouts) => Write(SampleReport.Large(features, checkouts));

    /// <summary>A page with one text at every place that shows text from outside.</summary>
    public static string Hostile(string text) => Write(HostileReport.Of(text));

    private static string Write(FlexLmReport report)
    {
        using var writer = new StringWriter();
        FlexLmReportWriter.Write(writer, report);
        return writer.ToString();
    }
}
