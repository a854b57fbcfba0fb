using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.FlexLm.Report.Page;

/// <summary>A state as a word. Its sign and color only repeat the word.</summary>
internal static class Badge
{
    public static void Write(Html html, FlexLmState state) => html.Raw(state switch
    {
        FlexLmState.Up => "<span class=\"chip good\">Up</span>",
        FlexLmState.Degraded => "<span class=\"chip warn\">Degraded</span>",
        _ => "<span class=\"chip bad\">Down</span>",
    });

    public static void Write(Html html, ExpiryBand band) => html.Raw(band switch
    {
        ExpiryBand.Expired => "<span class=\"chip bad\">Expired</span>",
        ExpiryBand.Soon => "<span class=\"chip warn\">Within 14 days</span>",
        ExpiryBand.Next => "<span class=\"chip note\">Within 60 days</span>",
        ExpiryBand.Later => "<span class=\"chip\">Later</span>",
        ExpiryBand.Never => "<span class=\"chip\">Never</span>",
        _ => "<span class=\"chip\">Not known</span>",
    });
}
