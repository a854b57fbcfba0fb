using System;
using System.IO;
using System.Text;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>
/// Writes a report as one self-contained HTML page that is well-formed XML as well: no request to anywhere, a policy
/// that allows nothing but its own style and script, every value escaped. Time and size grow with the input, not faster.
/// </summary>
internal static class FlexLmReportWriter
{
    /// <summary>The encoding in which a page has to be saved, since it says so of itself: UTF-8 without a byte order mark.</summary>
    public static Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the page, bit by bit; nothing is kept but what the report itself holds.</summary>
    /// <param name="writer">Takes the page; not closed.</param>
    /// <param name="report">What to show.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The writer failed.</exception>
    public static void Write(TextWriter writer, FlexLmReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);

        ArgumentNullException.ThrowIfNull(report);

        ReportPage.Write(new Html(writer), new ReportModel(report));
    }
}
