using System;
using System.IO;
using System.Text;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>
/// Writes a report as one self-contained HTML page that is also well-formed XML. It makes no requests, its policy
/// allows only its own style and script, and every value is escaped. Time and size grow no faster than the input.
/// </summary>
internal static class FlexLmReportWriter
{
    /// <summary>The encoding that the page declares, and in which it must be saved: UTF-8 without a byte order mark.</summary>
    public static Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the page piece by piece. It keeps only the report in memory.</summary>
    /// <param name="writer">Receives the page; not closed.</param>
    /// <param name="report">The report.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The writer failed.</exception>
    public static void Write(TextWriter writer, FlexLmReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);

        ArgumentNullException.ThrowIfNull(report);

        ReportPage.Write(new Html(writer), new ReportModel(report));
    }
}
