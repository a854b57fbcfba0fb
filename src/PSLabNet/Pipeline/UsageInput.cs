using System;
using System.Globalization;
using System.Management.Automation;
using PSLabNet.FlexLm;

namespace PSLabNet.Pipeline;

/// <summary>
/// Reads what use is measured from. Besides objects of the module, these are rows of files: samples, and what
/// <c>Export-Csv</c> and <c>ConvertTo-Json</c> make of features and of log events.
/// </summary>
internal static class UsageInput
{
    /// <summary>The object; a row as the sample or event that it describes.</summary>
    /// <exception cref="InvalidCastException">It is neither, or a column can't be read.</exception>
    public static object Read(object input)
    {
        object value = DeserializedObject.Restore(input);
        return value is PSCustomObject && input is PSObject row ? ReadRow(row) : value;
    }

    private static object ReadRow(PSObject row)
    {
        string feature = Text(row, "Feature");
        if (Value(row, "Kind") is { } kind && Value(row, "Daemon") is not null)
        {
            return new FlexLmLogEvent
            {
                Time = Time(row, "Time"),
                Daemon = Text(row, "Daemon"),
                Kind = LanguagePrimitives.ConvertTo<FlexLmLogKind>(kind),
                Feature = feature,
                User = Text(row, "User"),
                HostName = Text(row, "HostName"),
                Count = Number(row, "Count") ?? 0,
                Reason = Text(row, "Reason"),
                ErrorNumber = Number(row, "ErrorNumber"),
                Target = Text(row, "Target"),
                Source = Text(row, "Source"),
                Text = Text(row, "Text"),
            };
        }

        // A feature has a name, and was checked at a time.
        feature = feature.Length > 0 ? feature : Text(row, "Name");
        if (feature.Length == 0 || row.Properties["InUse"] is null)
        {
            throw new InvalidCastException("A row needs the columns Time, Feature and InUse; Server, Vendor, Version, Issued, Reserved and Queued are used if there are any.");
        }

        return new FlexLmSample
        {
            Time = Time(row, Value(row, "Time") is null ? "CheckedAt" : "Time"),
            Server = Text(row, "Server"),
            Vendor = Text(row, "Vendor"),
            Feature = feature,
            Version = Text(row, "Version"),
            Issued = Number(row, "Issued"),
            InUse = Number(row, "InUse"),
            Reserved = Number(row, "Reserved"),
            Queued = Number(row, "Queued"),
        };
    }

    // An empty cell is no value.
    private static object? Value(PSObject row, string name) => row.Properties[name]?.Value is { } value && value is not "" ? value : null;

    private static string Text(PSObject row, string name) => Value(row, name) is { } value ? LanguagePrimitives.ConvertTo<string>(value) : string.Empty;

    private static int? Number(PSObject row, string name)
    {
        if (Value(row, name) is not { } value)
        {
            return null;
        }

        bool isNumber = int.TryParse(LanguagePrimitives.ConvertTo<string>(value).Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);

        // The error numbers of FlexLM are negative.
        return isNumber && (number >= 0 || name == "ErrorNumber") ? number : throw new InvalidCastException($"The {name} of a row is not a whole number: '{value}'.");
    }

    private static DateTimeOffset Time(PSObject row, string name) => Value(row, name) switch
    {
        null => throw new InvalidCastException("A row has no time: the column Time is missing or empty."),
        string text when !BeginsWithYear(text)
            && DateTimeOffset.TryParse(text, CultureInfo.CurrentCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset local) => local,
        { } value => DeserializedObject.Time(PSObject.AsPSObject(value)),
    };

    // ISO 8601, which every culture reads the same, except those with another calendar. Export-Csv writes times as the culture does: in
    // German 02.11.2026, which without a culture would be a day of February.
    private static bool BeginsWithYear(string text) => text.Length > 4 && text[4] == '-';
}
