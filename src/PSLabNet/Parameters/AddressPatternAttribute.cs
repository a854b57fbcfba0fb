using System;
using System.Management.Automation;
using System.Net;

namespace PSLabNet.Parameters;

/// <summary>Accepts IPv4 addresses, also in their form in JSON, subnets and patterns. A blank stays one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddressPatternAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => ArgumentItems.Transform(inputData, ToText);

    private static object? ToText(object? item)
    {
        if (BlankIsNullAttribute.IsBlank(item))
        {
            return string.Empty;
        }

        string? text = ArgumentItems.Unwrap(item) switch
        {
            IPAddress address => address.ToString(),
            string written => written,
            _ => IPv4AddressAttribute.OfBag(item)?.ToString(),
        };
        return AddressPattern.Read(text) is not null
            ? text
            : throw new ArgumentTransformationMetadataException(AddressPattern.Explain(text ?? ArgumentItems.Unwrap(item)?.ToString()));
    }
}
