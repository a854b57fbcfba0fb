using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using PSLabNet.FlexLm;

namespace PSLabNet.Parameters;

/// <summary>Accepts features, including deserialized ones from a job or another machine, and snapshots, whose features it uses.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FeatureInputAttribute : DeserializedObjectsAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object plain = base.Transform(engineIntrinsics, inputData);
        return plain is IList several ? several.Cast<object>().SelectMany(one => Features(one) ?? [one]).ToArray() : Features(plain) ?? plain;
    }

    // Null if it is not a snapshot.
    private static object[]? Features(object? value) => ArgumentItems.Unwrap(value) is FlexLmSnapshot snapshot ? [.. snapshot.Features] : null;
}
