using System;
using System.Collections;
using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>An attribute of a license line.</summary>
public sealed class FlexLmKeyword
{
    internal FlexLmKeyword(string name, string value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>Name as in the file; for a bare word, the word itself.</summary>
    public string Name { get; }

    /// <summary>Value without its quotes; empty for a bare word.</summary>
    public string Value { get; }

    /// <summary>The attribute as in the file.</summary>
    /// <returns>Name, or name=value.</returns>
    public override string ToString() => Value.Length == 0 ? Name : $"{Name}={Value}";
}

/// <summary>The attributes of a license line in order. Look-up by name ignores case.</summary>
public sealed class FlexLmKeywordCollection : IReadOnlyList<FlexLmKeyword>
{
    private readonly FlexLmKeyword[] keywords;

    /// <summary>Keeps the attributes in their order.</summary>
    /// <param name="keywords">The attributes.</param>
    internal FlexLmKeywordCollection(IEnumerable<FlexLmKeyword> keywords) => this.keywords = [.. keywords];

    /// <summary>No attributes.</summary>
    internal static FlexLmKeywordCollection Empty { get; } = new([]);

    /// <summary>Number of attributes.</summary>
    public int Count => keywords.Length;

    /// <summary>The attribute at an index.</summary>
    /// <param name="index">The index, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">The index is out of range.</exception>
    public FlexLmKeyword this[int index] => keywords[index];

    /// <summary>The value of the first attribute with a name; null if there is none, empty if it is a bare word.</summary>
    /// <param name="name">Name, in any case.</param>
    public string? this[string name]
    {
        get
        {
            foreach (FlexLmKeyword keyword in keywords)
            {
                if (string.Equals(keyword.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return keyword.Value;
                }
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<FlexLmKeyword> GetEnumerator() => ((IEnumerable<FlexLmKeyword>)keywords).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => keywords.GetEnumerator();

    /// <summary>The attributes as in the file.</summary>
    /// <returns>The attributes, separated by blanks.</returns>
    public override string ToString() => string.Join(" ", (object[])keywords);
}
