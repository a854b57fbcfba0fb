using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using PSLabNet.Net;
using PSLabNet.Text;

namespace PSLabNet.Parameters;

/// <summary>
/// Accepts an IPv4 address, or its text with all four numbers. PowerShell's own conversion would read "10" as 0.0.0.10 and
/// "192.168.1" as 192.168.0.1, and set a device to that address. A blank is null.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IPv4AddressAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? data = ArgumentItems.Unwrap(inputData);
        return data is IEnumerable and not string
            ? ((IEnumerable)data).Cast<object>().Select(ToAddress).ToArray()
            : ToAddress(inputData);
    }

    /// <summary>
    /// The address in an object from JSON; null if it is none. One of its properties is the address as a number, with the first octet
    /// in the lowest byte.
    /// </summary>
    internal static IPAddress? OfBag(object? inputData) =>
        inputData is PSObject { BaseObject: PSCustomObject } bag && bag.Properties["Address"]?.Value is (int or long) and var number
            ? new IPAddress(unchecked((uint)Convert.ToInt64(number, CultureInfo.InvariantCulture)))
            : null;

    private static IPAddress? ToAddress(object? inputData)
    {
        if (BlankIsNullAttribute.IsBlank(inputData))
        {
            return null;
        }

        object data = ArgumentItems.Unwrap(inputData)!;
        if (data is IPAddress { AddressFamily: AddressFamily.InterNetwork } address)
        {
            return address;
        }

        if (OfBag(inputData) is { } restored)
        {
            return restored;
        }

        return IPv4.TryParse((data as string)?.Trim(), out IPAddress parsed)
            ? parsed
            : throw new ArgumentTransformationMetadataException(
                $"'{PrintableText.Escape(data.ToString())}' is not an IPv4 address. Give four numbers from 0 to 255 with dots between them, such as 172.24.155.222.");
    }
}
