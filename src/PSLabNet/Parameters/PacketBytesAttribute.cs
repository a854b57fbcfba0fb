using System;
using System.Management.Automation;
using PSLabNet.Text;

namespace PSLabNet.Parameters;

/// <summary>Takes bytes, and their hexadecimal text: in a CSV file, the property Raw of traffic is that.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PacketBytesAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (ArgumentItems.Unwrap(inputData) is not string hex)
        {
            return inputData;
        }

        try
        {
            return HexText.Parse(hex);
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(PrintableText.Escape(e.Message), e);
        }
    }
}
