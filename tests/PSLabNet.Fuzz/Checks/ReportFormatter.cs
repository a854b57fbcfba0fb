using System;
using System.Linq;
using AngleSharp.Dom;
using AngleSharp.Html;
using AngleSharp.Svg.Dom;

namespace PSLabNet.Fuzz.Checks;

/// <summary>Writes a document in the form of the report, except for apostrophes, which need no escape within double quotes.</summary>
internal sealed class ReportFormatter : HtmlMarkupFormatter
{
    public static new ReportFormatter Instance { get; } = new();

    public override string OpenTag(IElement element, bool selfClosing) =>
        $"<{element.LocalName}{string.Concat(element.Attributes.Select(attribute => $" {attribute.Name}=\"{Escape(attribute.Value)}\""))}{(selfClosing || IsEmptyShape(element) ? "/>" : ">")}";

    public override string CloseTag(IElement element, bool selfClosing) => selfClosing || IsEmptyShape(element) ? string.Empty : $"</{element.LocalName}>";

    public override string Text(ICharacterData text) => Escape(text.Data);

    private static bool IsEmptyShape(IElement element) => element is ISvgElement and not ISvgSvgElement && !element.HasChildNodes;

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);
}
