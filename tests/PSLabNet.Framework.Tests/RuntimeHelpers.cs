#pragma warning disable IDE0130 // The namespace is the one that the compiler looks in.
namespace System.Runtime.CompilerServices;

/// <summary>The method that the compiler calls for x[1..] of an array.</summary>
internal static class RuntimeHelpers
{
    public static T[] GetSubArray<T>(T[] array, Range range)
    {
        (int start, int length) = range.GetOffsetAndLength(array.Length);
        return [.. new ArraySegment<T>(array, start, length)];
    }
}
