using System;
using System.Management.Automation;

namespace PSLabNet.Parameters;

/// <summary>An empty cell of a CSV file means no change, not an empty value. Blanks around a text are removed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BlankIsNullAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        IsBlank(inputData) ? null : ArgumentItems.Unwrap(inputData) is string text ? text.Trim() : inputData;

    internal static bool IsBlank(object? inputData) =>
        inputData is null || ArgumentItems.Unwrap(inputData) is string text && string.IsNullOrWhiteSpace(text);
}
