using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using PSLabNet.FlexLm.Report.Data;
using PSLabNet.FlexLm.Report.Page;

namespace PSLabNet.Tests.Reports;

/// <summary>A page as text, and what a strict XML parser finds in it.</summary>
internal static class ReportPageText
{
    public static string Write(FlexLmReport report)
    {
        using var writer = new StringWriter();
        FlexLmReportWriter.Write(writer, report);
        return writer.ToString();
    }

    public static XmlDocument Parse(string page)
    {
        // The document type has no DTD to load; anything but well-formed XML throws.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, CheckCharacters = true };
        using var reader = XmlReader.Create(new StringReader(page), settings);
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.Load(reader);
        return document;
    }

    public static XmlDocument Parse(FlexLmReport report) => Parse(Write(report));

    public static IEnumerable<XmlElement> Elements(XmlDocument document, string name) => document.GetElementsByTagName(name).Cast<XmlElement>();

    /// <summary>Names of all elements and attributes, each once.</summary>
    public static SortedSet<string> Names(XmlDocument document)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (XmlElement element in Elements(document, "*"))
        {
            names.Add(element.Name);
            foreach (XmlAttribute attribute in element.Attributes)
            {
                names.Add(element.Name + "/" + attribute.Name);
            }
        }

        return names;
    }

    public static string Text(XmlDocument document, string id) =>
        ((XmlElement?)document.SelectSingleNode($"//*[@id='{id}']"))?.InnerText ?? throw new InvalidOperationException("No element has the id " + id);
}
