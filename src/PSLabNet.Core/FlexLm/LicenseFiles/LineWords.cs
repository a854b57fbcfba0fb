using System.Collections.Generic;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>The words of a license line, taken one after another, and the attributes that they have given so far.</summary>
internal sealed class LineWords
{
    private readonly LineTokenizer tokens = new();
    private readonly List<FlexLmKeyword> attributes = [];

    // The lines of a publisher have the same attributes in the same order, and many have the same values: those are kept once.
    private readonly FlexLmKeyword?[] above = new FlexLmKeyword?[16];

    /// <summary>The word that was taken last, or its name if it is <c>name=value</c>.</summary>
    public string Name => tokens.Name;

    /// <summary>Its value; null for a bare word.</summary>
    public string? Value => tokens.Value;

    /// <summary>The whole of it, as a fixed field takes it.</summary>
    public string Word => tokens.Word;

    /// <summary>True if a word was an attribute already.</summary>
    public bool HasAttributes => attributes.Count > 0;

    /// <summary>Begins with another line.</summary>
    public void Start(string text)
    {
        tokens.Start(text);
        attributes.Clear();
    }

    /// <summary>Takes the next word; false at the end of the line.</summary>
    public bool Next() => tokens.Next();

    /// <summary>Takes the next word as a fixed field; false at the end of the line.</summary>
    public bool TryField(out string word)
    {
        bool isThere = tokens.Next();
        word = isThere ? tokens.Word : string.Empty;
        return isThere;
    }

    /// <summary>Makes an attribute of the word that was taken last.</summary>
    public void AddAttribute()
    {
        string value = tokens.Value ?? string.Empty;
        int place = attributes.Count % above.Length;
        if (above[place] is not { } attribute || attribute.Name != tokens.Name || attribute.Value != value)
        {
            above[place] = attribute = new FlexLmKeyword(tokens.Name, value);
        }

        attributes.Add(attribute);
    }

    /// <summary>Takes the rest of the line as attributes.</summary>
    public void TakeAttributes()
    {
        while (tokens.Next())
        {
            AddAttribute();
        }
    }

    /// <summary>All attributes so far.</summary>
    public FlexLmKeywordCollection ToCollection() => attributes.Count == 0 ? FlexLmKeywordCollection.Empty : new(attributes);
}
