using System;
using System.Globalization;
using Xunit;

namespace PSLabNet.Tests.Cultures;

/// <summary>Does things under a culture, and puts back the one that was.</summary>
internal static class Culture
{
    /// <summary>
    /// Decimal commas; the dotted and the dotless i; other calendars, in which 2026 is 1405, 1447 or 2569; a minus that is
    /// not the ASCII one, with a mark of direction before it; a time separator that is a full stop.
    /// </summary>
    public static TheoryData<string> All { get; } = ["de-DE", "tr-TR", "ja-JP", "th-TH", "fa-IR", "ar-SA", "sv-SE", "fi-FI"];

    public static T Under<T>(string name, Func<T> work)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(name);
            return work();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
