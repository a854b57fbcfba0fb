using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PSLabNet.Text;

namespace PSLabNet.Parameters;

/// <summary>Accepts MAC addresses, their text, and their form in JSON, where an object has only its properties.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MacAddressTextAttribute : ArgumentTransformationAttribute
{
    private const string DeserializedType = "Deserialized.PSLabNet.MacAddress";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? data = ArgumentItems.Unwrap(inputData);
        return data is IEnumerable several and not string
            ? several.Cast<object>().Select(ToAddress).ToArray()
            : inputData is null ? null : ToAddress(inputData);
    }

    private static MacAddress ToAddress(object inputData)
    {
        object data = ArgumentItems.Unwrap(inputData)!;
        if (data is MacAddress address)
        {
            return address;
        }

        // PowerShell reads 123456789e03 as a number, and 001122334455 as a number without its first digits.
        if (data is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal)
        {
            throw new ArgumentTransformationMetadataException(
                $"PowerShell reads this MAC address as the number {Convert.ToString(data, CultureInfo.InvariantCulture)}. Put it in quotes, as '123456789e03'.");
        }

        string? text = data as string ?? TextInBag(inputData) ?? TextInPaddedColumn(inputData);
        if (text is null)
        {
            // The text of .NET's own PhysicalAddress is one of the written forms.
            return MacAddress.TryParse(data?.ToString(), out MacAddress other)
                ? other
                : throw ArgumentItems.NotThis($"An object of type {data?.GetType()} is not a MAC address.");
        }

        try
        {
            return MacAddress.Parse(text);
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(PrintableText.Escape(e.Message), e);
        }
    }

    // In JSON it is an object with only this property; after remoting it is a property bag with the type's name. The
    // property Address of any other object need not be a MAC address.
    private static string? TextInBag(object inputData) =>
        inputData is PSObject { BaseObject: PSCustomObject } bag && (bag.Properties.Count() == 1 || bag.TypeNames.Contains(DeserializedType))
            ? bag.Properties[nameof(MacAddress.Address)]?.Value as string
            : null;

    // A CSV file may have blanks around its headers. PowerShell then finds no column of that name, and passes the whole row.
    private static string? TextInPaddedColumn(object inputData) =>
        inputData is PSObject { BaseObject: PSCustomObject } row ? PaddedColumns.Find(row, nameof(MacAddress))?.Value as string : null;
}
