using System.IO;
using PSLabNet.FlexLm.Report.Data;
using PSLabNet.FlexLm.Report.Page;

namespace PSLabNet.Browser;

/// <summary>A report saved where a browser can open it.</summary>
internal static class ReportFile
{
    public static string Save(string folder, string name, FlexLmReport report)
    {
        string path = Path.Combine(folder, name);
        using var writer = new StreamWriter(path, append: false, FlexLmReportWriter.Encoding);
        FlexLmReportWriter.Write(writer, report);
        return path;
    }
}
