using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.Text;

namespace PSLabNet.Parameters;

/// <summary>Accepts FlexLM's errors by number, or by name with or without <c>LM_</c>, in either case.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FlexLmErrorNameAttribute : ArgumentTransformationAttribute
{
    private const string Prefix = "LM_";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => ArgumentItems.Transform(inputData, ToCode);

    private static object? ToCode(object? item)
    {
        if (ArgumentItems.Unwrap(item) is not string text || int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
        {
            return item;
        }

        string name = text.Trim();
        return FlexLmErrorTable.All.FirstOrDefault(error =>
                string.Equals(error.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(error.Name, Prefix + name, StringComparison.OrdinalIgnoreCase))?.Code
            ?? throw new ArgumentTransformationMetadataException(
                $"'{PrintableText.Escape(text)}' is neither a number nor a name of a FlexLM error, such as -4 or LM_MAXUSERS. Get-FlexLmError without an argument lists all.");
    }
}
