using System;
using System.Globalization;
using Xunit;

namespace PSLabNet.Tests.Cultures;

/// <summary>Runs code under a culture, and restores the previous culture.</summary>
internal static class Culture
{
    /// <summary>
    /// Decimal commas; the dotted and the dotless i; other calendars, in which 2026 is 1405, 1447 or 2569; a minus sign that is
    /// not ASCII and has a direction mark before it; a full stop as time separator.
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
