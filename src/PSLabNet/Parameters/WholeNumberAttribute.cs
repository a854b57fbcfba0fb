using System;
using System.Globalization;
using System.Management.Automation;
using PSLabNet.Text;

namespace PSLabNet.Parameters;

/// <summary>Accepts a whole number, or its text. PowerShell's own conversion would round 24.6 to 25. A blank is null.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WholeNumberAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (BlankIsNullAttribute.IsBlank(inputData))
        {
            return null;
        }

        object value = ArgumentItems.Unwrap(inputData)!;
        return !LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out decimal number) || number == decimal.Truncate(number)
            ? value
            : throw new ArgumentTransformationMetadataException($"'{PrintableText.Escape(Convert.ToString(value, CultureInfo.InvariantCulture))}' is not a whole number.");
    }
}
