using System;
using System.Diagnostics;
using System.Linq;

namespace PSLabNet.Fuzz.Engine;

/// <summary>An input that breaks an invariant.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Index">Index of the input in the run.</param>
/// <param name="Kind">The broken invariant: the same for inputs that fail in the same way.</param>
/// <param name="Message">Details.</param>
/// <param name="Input">The input, minimized.</param>
internal sealed record Finding(string Target, long Seed, long Index, string Kind, string Message, byte[] Input)
{
    /// <summary>Describes the way in which an input failed, from its exception.</summary>
    public static string KindOf(Exception exception)
    {
        if (exception is FuzzViolation violation)
        {
            return violation.Kind;
        }

        StackFrame? frame = new StackTrace(exception).GetFrames()
            .FirstOrDefault(frame => frame.GetMethod()?.DeclaringType?.Namespace?.StartsWith("PSLabNet", StringComparison.Ordinal) == true);
        return $"{exception.GetType().Name} in {frame?.GetMethod()?.DeclaringType?.Name}.{frame?.GetMethod()?.Name}";
    }
}
