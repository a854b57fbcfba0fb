using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace PSLabNet.Parameters;

/// <summary>Accepts two times of the day: as <c>20:00, 06:00</c>, as <c>'20:00-06:00'</c> or as hours, <c>20, 6</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NightTextAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Separators = ["-", "to", ","];
    private static readonly string[] Clocks = [@"h\:mm", @"hh\:mm", @"h\:mm\:ss", @"hh\:mm\:ss"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? data = ArgumentItems.Unwrap(inputData);
        object?[] words = data is string text ? text.Split(Separators, StringSplitOptions.None) : data is IEnumerable several ? [.. several.Cast<object?>()] : [data];
        TimeSpan[] times = [.. words.Select(word => ClockOf(ArgumentItems.Unwrap(word))).Where(time => time is not null).Select(time => time!.Value)];
        return words.Length == 2 && times.Length == 2 && times[0] != times[1]
            ? times
            : throw new ArgumentTransformationMetadataException($"'{inputData}' is not two times of the day. Write 20:00, 06:00.");
    }

    private static TimeSpan? ClockOf(object? word) => word switch
    {
        TimeSpan time when time >= TimeSpan.Zero && time < TimeSpan.FromDays(1) => time,
        int hour and >= 0 and <= 24 => TimeSpan.FromHours(hour % 24),
        string text when text.Trim() == "24:00" => TimeSpan.Zero,
        string text when TimeSpan.TryParseExact(text.Trim(), Clocks, CultureInfo.InvariantCulture, out TimeSpan time) => time,
        string text when int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int hour) => ClockOf(hour),
        _ => null,
    };
}
