using System;
using System.Management.Automation;

namespace PSLabNet.Parameters;

/// <summary>An empty cell of a CSV file is no wish, not a wish for nothing. Blanks around a text are no part of it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BlankIsNullAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        IsBlank(inputData) ? null : ArgumentItems.Unwrap(inputData) is string text ? text.Trim() : inputData;

    internal static bool IsBlank(object? inputData) =>
        inputData is null || ArgumentItems.Unwrap(inputData) is string text && string.IsNullOrWhiteSpace(text);
}
