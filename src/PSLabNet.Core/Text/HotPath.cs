using System.Runtime.CompilerServices;

namespace PSLabNet.Text;

/// <summary>Marks the few methods in which reading a large text spends its time.</summary>
internal static class HotPath
{
    /// <summary>
    /// <c>MethodImplOptions.AggressiveOptimization</c>, which .NET Framework does not have and ignores. Without it, .NET first
    /// compiles a method without optimizations, and again when it was called often, after some tenths of a second. A new
    /// process has read a file of 8 MB by then. Each marked method takes longer to compile, so a short text pays for it: mark
    /// a method only by measurement ("Cold start" in docs/performance.md).
    /// </summary>
    public const MethodImplOptions Optimized = (MethodImplOptions)512;
}
