using System.IO;
using System.Text;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>
/// The style and the script of the page, which are separate files: <c>report.css</c> and <c>report.js</c>. Neither contains
/// a less-than sign or an ampersand, so each is the same text, with the same hash, in HTML and in XML.
/// </summary>
internal static class ReportAssets
{
    /// <summary>
    /// Text has a contrast of at least 4.5 to its background in both color schemes (WCAG AA). On paper everything is light
    /// and all folded parts are open, because a reader cannot click.
    /// </summary>
    public static readonly string Style = Read("report.css");

    /// <summary>
    /// Without the script, the tables keep the order that most readers want, and nothing else is missing. So the script
    /// makes the headers into buttons: a button without a script would do nothing. It makes the tables within details
    /// sortable when a reader opens them, since there may be thousands. Cells without a value stay last in both directions.
    /// </summary>
    public static readonly string Script = Read("report.js");

    // A checkout may have changed the line ends, and the policy holds a hash of the text.
    private static string Read(string name)
    {
        using Stream file = typeof(ReportAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"The assembly has no resource {name}.", name);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
