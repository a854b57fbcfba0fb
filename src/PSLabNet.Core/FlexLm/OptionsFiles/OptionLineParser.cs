using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>Parses one line of an options file.</summary>
internal sealed class OptionLineParser
{
    private readonly string source;
    private readonly List<string> words;
    private readonly int lineNumber;
    private readonly int length;
    private int at;
    private string feature = string.Empty;
    private string modifier = string.Empty;
    private string group = string.Empty;
    private string value = string.Empty;
    private string spelling = string.Empty;
    private int? number;
    private FlexLmOptionType type;
    private IReadOnlyList<string> names = [];

    private OptionLineParser(string line, string source, int lineNumber)
    {
        this.source = source;
        this.lineNumber = lineNumber;
        length = line.Length;
        words = Split(line);
    }

    /// <summary>Parses a line.</summary>
    /// <param name="line">The line, joined; not blank.</param>
    /// <param name="source">The file.</param>
    /// <param name="lineNumber">Where it begins.</param>
    /// <param name="option">The option, or null.</param>
    /// <returns>What is wrong with the line; null if it is right.</returns>
    public static string? TryParse(string line, string source, int lineNumber, out FlexLmOption? option)
    {
        var parser = new OptionLineParser(line, source, lineNumber);
        string? fault = parser.Parse();
        option = fault is null ? parser.ToOption() : null;
        return fault;
    }

    private string? Parse()
    {
        string keyword = words[0];
        spelling = keyword;
        at = 1;
        if (!OptionKeywords.TryGetFields(keyword, out IReadOnlyList<OptionField> fields))
        {
            return $"'{PrintableText.Escape(keyword)}' is not a keyword of options files.";
        }

        foreach (OptionField field in fields)
        {
            if (Take(field) is { } fault)
            {
                return fault;
            }
        }

        return at < words.Count ? $"'{PrintableText.Escape(words[at])}' is too much: {OptionKeywords.Canonical(keyword)} ends before it." : null;
    }

    private string? Take(OptionField field)
    {
        if (at >= words.Count)
        {
            return $"{NameOf(field)} is missing.";
        }

        return field switch
        {
            OptionField.Feature => TakeFeature(),
            OptionField.Number => TakeNumber(),
            OptionField.TypedNames => TakeTypedNames(),
            OptionField.GroupName => TakeGroup(),
            OptionField.Members => TakeMembers(),
            OptionField.Switch => TakeOneOf("ON", "OFF"),
            OptionField.LogItem => TakeOneOf("IN", "OUT", "DENIED", "QUEUED", "UNSUPPORTED"),
            OptionField.Matching => TakeOneOf("EXACT", "LENIENT"),
            _ => TakeRest(),
        };
    }

    private string? TakeFeature()
    {
        string word = words[at++];
        int colon = word.IndexOf(':');
        feature = colon < 0 ? word : word.Substring(0, colon);
        modifier = colon < 0 ? string.Empty : word.Substring(colon + 1);
        return feature.Length == 0 ? "The name of the feature is missing before the colon."
            : colon >= 0 && modifier.IndexOf('=') <= 0 ? $"'{PrintableText.Escape(word)}' is not feature:keyword=value."
            : null;
    }

    private string? TakeNumber()
    {
        string word = words[at++];
        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int parsed))
        {
            return $"'{PrintableText.Escape(word)}' is not a whole number of 0 or more.";
        }

        number = parsed;
        return null;
    }

    private string? TakeTypedNames()
    {
        string word = words[at++];
        if (!OptionKeywords.TryGetType(word, out type))
        {
            return $"'{PrintableText.Escape(word)}' is not a type: USER, HOST, DISPLAY, INTERNET, PROJECT, GROUP or HOST_GROUP.";
        }

        spelling += " " + word;
        return TakeMembers();
    }

    private string? TakeGroup()
    {
        group = words[at++];
        return null;
    }

    private string? TakeMembers()
    {
        if (at >= words.Count)
        {
            return "A name is missing at the end of the line.";
        }

        names = words.GetRange(at, words.Count - at);
        at = words.Count;
        return null;
    }

    private string? TakeOneOf(params string[] allowed)
    {
        string word = words[at++];
        value = word.ToUpperInvariant();
        return Array.IndexOf(allowed, value) >= 0 ? null : $"'{PrintableText.Escape(word)}' is none of {string.Join(", ", allowed)}.";
    }

    private string? TakeRest()
    {
        value = string.Join(" ", words.GetRange(at, words.Count - at));
        at = words.Count;
        return null;
    }

    private FlexLmOption ToOption() => new()
    {
        Keyword = OptionKeywords.Canonical(words[0]),
        Feature = PrintableText.Escape(feature),
        Modifier = PrintableText.Escape(modifier),
        Number = number,
        Type = type,
        Group = PrintableText.Escape(group),
        Names = [.. Escaped(names)],
        Value = PrintableText.Escape(value),
        LineNumber = lineNumber,
        Source = source,
        Length = length,
        Spelling = spelling,
        Text = PrintableText.Escape(string.Join(" ", words)),
    };

    private static IEnumerable<string> Escaped(IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            yield return PrintableText.Escape(text);
        }
    }

    private static string NameOf(OptionField field) => field switch
    {
        OptionField.Feature => "The feature",
        OptionField.Number => "The number",
        OptionField.TypedNames => "The type (USER, HOST, DISPLAY, INTERNET, PROJECT, GROUP or HOST_GROUP)",
        OptionField.GroupName => "The name of the group",
        _ => "A word",
    };

    // Words are separated by blanks and tabs; a part in double quotes is one word, without its quotes.
    private static List<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool isQuoted = false;
        bool isWord = false;
        foreach (char c in line)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
                isWord = true;
            }
            else if (!isQuoted && char.IsWhiteSpace(c))
            {
                EndWord();
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        EndWord();
        return words;

        void EndWord()
        {
            if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }
    }
}
