using System;
using System.Management.Automation;
using PSLabNet.Net;
using PSLabNet.Text;

namespace PSLabNet.Parameters;

/// <summary>
/// Accepts names of devices. An address is rejected: a search for it as a name would find nothing, and a device could get it
/// as its name. Objects bind by their properties, and not as text.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DeviceNameAttribute : ArgumentTransformationAttribute
{
    private const int MacDigits = 12;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => ArgumentItems.Transform(inputData, ToName);

    private static object? ToName(object? item)
    {
        object? value = ArgumentItems.Unwrap(item);
        return value switch
        {
            null => null,
            MacAddress address => throw IsMacAddress($"{address}"),
            System.Net.IPAddress address => throw IsIPAddress($"{address}"),
            string text when IsMacText(text) => throw IsMacAddress(text),
            string text when IPv4.TryParse(text.Trim(), out _) => throw IsIPAddress(text),
            string => item,
            IFormattable => item,
            _ => throw ArgumentItems.NotThis($"An object of type {value.GetType()} is not the name of a device."),
        };
    }

    // Twelve digits without separators may well be a name.
    private static bool IsMacText(string text) => text.Trim().Length > MacDigits && MacAddress.TryParse(text, out _);

    private static ArgumentTransformationMetadataException IsMacAddress(string text) =>
        new($"'{PrintableText.Escape(text)}' is a MAC address, not a hostname. Use -MacAddress for it.");

    private static ArgumentTransformationMetadataException IsIPAddress(string text) =>
        new($"'{PrintableText.Escape(text)}' is an IP address, not a hostname. Use -IPAddress for it.");
}
