using System.Collections.Generic;
using System.Linq;

namespace PSLabNet;

/// <summary>Lists that PowerShell can index.</summary>
internal static class Indexable
{
    /// <summary>
    /// The list as one that PowerShell can index and write. For a collection expression of an interface type, the compiler
    /// makes a type that is not public, and PowerShell returns the whole list as element 0 of that.
    /// </summary>
    public static ResultCollection<T> ToIndexable<T>(this IEnumerable<T> list) =>
        list is ResultCollection<T> same ? same
        : (list as T[] ?? list.ToArray()) is { Length: > 0 } items ? new ResultCollection<T>(items)
        : ResultCollection<T>.None;
}
