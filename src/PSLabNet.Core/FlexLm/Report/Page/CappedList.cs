namespace PSLabNet.FlexLm.Report.Page;

/// <summary>A list that shows its first entries and counts the rest, so none is dropped silently.</summary>
internal sealed class CappedList
{
    private readonly Html html;
    private readonly int most;
    private int count;

    public CappedList(Html html, int most)
    {
        this.html = html;
        this.most = most;
        html.Raw("<ul class=\"list\">");
    }

    /// <summary>Counts an entry.</summary>
    /// <returns>True if the entry is to be written.</returns>
    public bool Next() => ++count <= most;

    public void Close(string singular, string? plural = null)
    {
        html.Raw("</ul>");
        if (count > most)
        {
            html.Raw("<p class=\"quiet\">and ").Raw(ReportText.Count(count - most, "more " + singular, "more " + (plural ?? singular + "s"))).Raw("</p>");
        }
    }
}
