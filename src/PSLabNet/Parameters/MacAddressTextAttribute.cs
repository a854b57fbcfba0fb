using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using PSLabNet.Text;

namespace PSLabNet.Parameters;

/// <summary>Takes MAC addresses, their text, and what they become in JSON, where an object has its properties only.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MacAddressTextAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? data = (inputData as PSObject)?.BaseObject ?? inputData;
        return data is IEnumerable several and not string
            ? several.Cast<object>().Select(ToAddress).ToArray()
            : inputData is null ? null : ToAddress(inputData);
    }

    private static MacAddress ToAddress(object inputData)
    {
        object data = (inputData as PSObject)?.BaseObject ?? inputData;
        if (data is MacAddress address)
        {
            return address;
        }

        string? text = data as string ?? (inputData as PSObject)?.Properties[nameof(MacAddress.Address)]?.Value as string;
        try
        {
            return MacAddress.Parse(text ?? data?.ToString() ?? string.Empty);
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(PrintableText.Escape(e.Message), e);
        }
    }
}
