using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Parameters;

/// <summary>Accepts flags as names, as several names in an array or in one text, or as a number. An empty list means no flag.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IcePapApplyAttribute : ArgumentTransformationAttribute
{
    private static readonly char[] Separators = [',', ';', ' ', '|'];

    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => true;

    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? data = ArgumentItems.Unwrap(inputData);
        return data switch
        {
            null => IcePapApply.None,
            string text => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Aggregate(IcePapApply.None, (flags, name) => flags | One(name)),
            IEnumerable several => several.Cast<object>().Aggregate(IcePapApply.None, (flags, one) => flags | (IcePapApply)Transform(engineIntrinsics, one)),
            _ => One(data),
        };
    }

    private static IcePapApply One(object value)
    {
        try
        {
            return LanguagePrimitives.ConvertTo<IcePapApply>(value);
        }
        catch (PSInvalidCastException)
        {
            throw new ArgumentTransformationMetadataException($"'{value}' is not something that a device can do with its settings. Use Dynamic, Flash or Reboot.");
        }
    }
}
