using System;
using System.Management.Automation;
using PSLabNet.Pipeline;

namespace PSLabNet.Parameters;

/// <summary>
/// Accepts deserialized objects, from a job or another machine, as the objects that they were. PowerShell transforms
/// arguments before it matches types, so such an object binds as itself and not by its properties, which would query the
/// server again, from here. (A type converter in the types file could not do that, and would load the assemblies twice at
/// import.)
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal class DeserializedObjectsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return ArgumentItems.Transform(inputData, One)!;
        }
        catch (InvalidCastException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    // An object of another type does not change and keeps its wrapper: it may bind by its properties.
    private static object? One(object? value) => DeserializedObject.IsReturned(value) ? DeserializedObject.Restore(value!) : value;
}
