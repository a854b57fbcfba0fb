using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PSLabNet.Fuzz.Engine;

namespace PSLabNet.Fuzz.Checks;

/// <summary>
/// Compares a page of the report with one of harmless text: it must have the same elements and attributes and no other, and
/// identical style and script. A page that is written again from the result of a browser's parser must be the same: so every
/// attribute has quotes, every ampersand begins an entity, and every element is closed.
/// </summary>
internal sealed partial class ReportMarkup
{
    private readonly HtmlParser parser = new();
    private readonly HashSet<(string Element, string Part)> allowed = [];

    /// <summary>Allows everything that a harmless page contains.</summary>
    public void Learn(string page)
    {
        using IHtmlDocument document = parser.ParseDocument(page);
        allowed.UnionWith(document.All.SelectMany(PartsOf));
    }

    /// <summary>Checks that a page contains nothing else.</summary>
    /// <returns>The number of elements.</returns>
    public int Check(string page)
    {
        using IHtmlDocument document = parser.ParseDocument(page);
        foreach (IElement element in document.All)
        {
            foreach ((string Element, string Part) part in PartsOf(element))
            {
                FuzzViolation.Demand(allowed.Contains(part), "report: an element, attribute, style or script of its own");
            }

            bool isLines = element is IHtmlPreElement;
            foreach (string text in element.ChildNodes.OfType<IText>().Select(text => text.Data).Concat(element.Attributes.Select(attribute => attribute.Value)))
            {
                string shown = text.Replace("\n", string.Empty, StringComparison.Ordinal);
                FuzzViolation.Demand(
                    text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 || Printable.FirstBad(isLines ? shown.Replace("\t", string.Empty, StringComparison.Ordinal) : shown) < 0,
                    "report: text that acts on a page");
            }

            if (isLines)
            {
                IEnumerable<int> columns = element.TextContent.Split('\n').Select(line => line.Count(c => c == '\t'));
                FuzzViolation.Demand(columns.Distinct().Count() == 1, "report: a line or a column of its own");
            }
        }

        FuzzViolation.Demand(Normalized(document.ToHtml(ReportFormatter.Instance)) == Normalized(page), "report: markup that is read otherwise than it is written");
        return document.All.Length;
    }

    // The element, its attributes, and its code.
    private static IEnumerable<(string Element, string Part)> PartsOf(IElement element) =>
        element.Attributes.Select(attribute => (element.LocalName, attribute.Name)).Append((element.LocalName, element is IHtmlScriptElement or IHtmlStyleElement ? element.TextContent : string.Empty));

    // The parser drops blank text around the head, and moves it into the body at the end.
    private static string Normalized(string page) => Blank().Replace(page, "><").Replace("&#39;", "'", StringComparison.Ordinal).TrimEnd();

    [GeneratedRegex(@">\s+<")]
    private static partial Regex Blank();
}
