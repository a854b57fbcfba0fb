using System;
using System.Management.Automation;

namespace PSLabNet.Parameters;

/// <summary>Accepts license servers as text, and objects that belong to a server, such as its status. From these it uses the server.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LicenseServerTextAttribute : ArgumentTransformationAttribute
{
    private const string ServerProperty = "Server";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => ArgumentItems.Transform(inputData, ToServer);

    private static object? ToServer(object? item) =>
        item is null || ArgumentItems.Unwrap(item) is string ? item
        : PSObject.AsPSObject(item).Properties[ServerProperty]?.Value is string { Length: > 0 } server ? server
        : item;
}
