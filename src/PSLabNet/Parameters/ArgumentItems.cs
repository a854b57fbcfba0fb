using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace PSLabNet.Parameters;

/// <summary>Arguments of parameters: one item or several, perhaps wrapped by PowerShell.</summary>
internal static class ArgumentItems
{
    /// <summary>The object without PowerShell's wrapper.</summary>
    public static object? Unwrap(object? value) => (value as PSObject)?.BaseObject ?? value;

    /// <summary>Transforms an argument: each item of a list, or a single item.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="transform">Transforms one item, which still has its wrapper.</param>
    public static object? Transform(object? argument, Func<object?, object?> transform) =>
        Unwrap(argument) is IList several ? several.Cast<object?>().Select(transform).ToArray() : transform(argument);

    /// <summary>
    /// The error about an object that the parameter does not accept. In a pipeline, PowerShell then tries other ways to bind
    /// the object, for example by its properties.
    /// </summary>
    /// <param name="message">What is wrong.</param>
    public static ArgumentTransformationMetadataException NotThis(string message) => new(message, new PSInvalidCastException(message));
}
