using System.Collections.Generic;
using System.Linq;

namespace PSLabNet;

/// <summary>Lists that PowerShell can index.</summary>
internal static class Indexable
{
    /// <summary>
    /// The list as an array. For a collection expression of an interface type, the compiler makes a type that is not
    /// public, and PowerShell returns the whole list as element 0 of that.
    /// </summary>
    public static T[] ToIndexable<T>(this IEnumerable<T> list) => list as T[] ?? list.ToArray();
}
