using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace PSLabNet;

/// <summary>
/// A list in a result. Scripts can read it as they read an array, and can't change it. Its text is that of its items, so that
/// <c>Export-Csv</c>, which writes the text of every property, writes them and not the name of a type.
/// </summary>
/// <typeparam name="T">What it contains.</typeparam>
public sealed class ResultCollection<T> : ReadOnlyCollection<T>
{
    // Texts of items have blanks and commas in them.
    private const string Separator = "; ";

    internal ResultCollection(IList<T> items)
        : base(items)
    {
    }

    /// <summary>The list without items. .NET 8 has an Empty of its own, of the base type.</summary>
    internal static ResultCollection<T> None { get; } = new([]);

    /// <summary>The number of items, by the name that arrays have for it.</summary>
    public int Length => Count;

    /// <summary>The texts of all items, with a semicolon between them.</summary>
    public override string ToString() => string.Join(Separator, this);
}
