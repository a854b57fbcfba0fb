using System.IO;
using System.Text.RegularExpressions;
using PSLabNet.FlexLm.Report.Data;
using PSLabNet.FlexLm.Report.Page;
using PSLabNet.Tests.Reports;

namespace PSLabNet.Lab.Reports;

/// <summary>The HTML pages of sample reports.</summary>
public static class ReportPages
{
    /// <summary>A page of ordinary size, with data for every section.</summary>
    public static string Laboratory() => Write(SampleReport.Laboratory());

    /// <summary>A page with a given number of features and checkouts.</summary>
    public static string Large(int features, int checkouts) => Write(SampleReport.Large(features, checkouts));

    /// <summary>A page with one text at every place that shows text from outside.</summary>
    public static string Hostile(string text) => Write(HostileReport.Of(text));

    /// <summary>The elements of a page, without its style and script.</summary>
    public static string Bare(string page) => Regex.Replace(page, @"<(style|script)\b.*?</\1>", string.Empty, RegexOptions.Singleline);

    private static string Write(FlexLmReport report)
    {
        using var writer = new StringWriter();
        FlexLmReportWriter.Write(writer, report);
        return writer.ToString();
    }
}
