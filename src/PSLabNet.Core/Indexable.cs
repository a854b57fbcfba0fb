using System.Collections.Generic;
using System.Linq;

namespace PSLabNet;

/// <summary>Lists that PowerShell can index.</summary>
internal static class Indexable
{
    /// <summary>
    /// The list as an array. What the compiler makes of a collection expression for an interface is a type of its own that
    /// is not public: PowerShell gives the whole list for its element 0.
    /// </summary>
    public static T[] ToIndexable<T>(this IEnumerable<T> list) => list as T[] ?? list.ToArray();
}
