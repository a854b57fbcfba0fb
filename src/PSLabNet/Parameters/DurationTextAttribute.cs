using System;
using System.Management.Automation;

namespace PSLabNet.Parameters;

/// <summary>Accepts a time such as <c>00:05:00</c>. PowerShell would take the number 5 as five ticks, and the text 5 as five days.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationTextAttribute : ArgumentTransformationAttribute
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? data = ArgumentItems.Unwrap(inputData);
        TimeSpan? time = data switch
        {
            TimeSpan value => value,
            string text when text.IndexOf(':') > 0 && TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out TimeSpan parsed) => parsed,
            0 => TimeSpan.Zero,
            _ => null,
        };
        return time is { } valid && valid >= TimeSpan.Zero && valid <= Longest
            ? valid
            : throw new ArgumentTransformationMetadataException($"'{data}' is not a length of time. Write five minutes as 00:05:00; from 0 to a year is allowed.");
    }
}
