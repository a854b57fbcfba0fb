using System;
using System.Collections.Generic;
using PSLabNet.Fuzz.Engine;

namespace PSLabNet.Fuzz.Checks;

/// <summary>
/// A page of the report against one of harmless text: the same elements and attributes and no other, style and script
/// letter for letter, every attribute in quotes, every ampersand an entity, every element closed.
/// </summary>
internal sealed class ReportMarkup
{
    private static readonly string[] Entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];

    private readonly HashSet<string> allowed = new(StringComparer.Ordinal);
    private readonly HashSet<string> code = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> allowedNames;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> allowedCode;
    private readonly List<(int At, int Length)> open = [];
    private bool isLearning;

    public ReportMarkup()
    {
        allowedNames = allowed.GetAlternateLookup<ReadOnlySpan<char>>();
        allowedCode = code.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Takes what a harmless page has for allowed.</summary>
    public void Learn(string page)
    {
        isLearning = true;
        Check(page);
        isLearning = false;
    }

    /// <summary>Demands that a page has nothing else.</summary>
    /// <returns>The number of elements.</returns>
    public int Check(string page)
    {
        int elements = 0;
        open.Clear();
        for (int at = 0; at < page.Length;)
        {
            int next = page.AsSpan(at).IndexOfAny('<', '&');
            CheckText(page.AsSpan(at, (next < 0 ? page.Length : at + next) - at));
            if (next < 0)
            {
                break;
            }

            at += next;
            if (page[at] == '&')
            {
                at += Entity(page.AsSpan(at));
                continue;
            }

            elements++;
            at = Tag(page, at);
        }

        Demand(open.Count == 0, "an element is not closed");
        return elements;
    }

    private static void CheckText(ReadOnlySpan<char> text)
    {
        Demand(!text.Contains('>'), "a > stands in the text");
        foreach (Range line in text.Split('\n'))
        {
            Demand(text[line].IndexOfAnyExceptInRange(' ', '~') < 0 || Printable.FirstBad(text[line].ToString()) < 0, "text that acts on a page");
        }
    }

    private static int Entity(ReadOnlySpan<char> text)
    {
        foreach (string entity in Entities)
        {
            if (text.StartsWith(entity, StringComparison.Ordinal))
            {
                return entity.Length;
            }
        }

        throw new FuzzViolation("report: an ampersand begins no entity", "An ampersand of the report begins no entity.");
    }

    private int Tag(string page, int at)
    {
        ReadOnlySpan<char> rest = page.AsSpan(at);
        if (rest.StartsWith("<!", StringComparison.Ordinal))
        {
            Demand(at == 0 && rest.StartsWith("<!doctype html>", StringComparison.OrdinalIgnoreCase), "a declaration in the middle");
            return "<!doctype html>".Length;
        }

        bool isEnd = rest.Length > 1 && rest[1] == '/';
        int nameAt = at + (isEnd ? 2 : 1);
        int nameEnd = nameAt;
        while (nameEnd < page.Length && (char.IsAsciiLetterOrDigit(page[nameEnd]) || page[nameEnd] == '-'))
        {
            nameEnd++;
        }

        ReadOnlySpan<char> name = page.AsSpan(nameAt, nameEnd - nameAt);
        Allow(allowed, allowedNames, name, "an element that the report does not have");
        if (isEnd)
        {
            Demand(nameEnd < page.Length && page[nameEnd] == '>', "an end tag does not end");
            Demand(open.Count > 0 && name.SequenceEqual(page.AsSpan(open[^1].At, open[^1].Length)), "an end tag is of another element");
            open.RemoveAt(open.Count - 1);
            return nameEnd + 1;
        }

        int end = Attributes(page, nameEnd, name);
        if (page[end - 2] == '/')
        {
            return end;
        }

        open.Add((nameAt, nameEnd - nameAt));
        return name is "script" or "style" ? Code(page, end, name) : end;
    }

    // Returns the place behind the closing bracket.
    private int Attributes(string page, int at, ReadOnlySpan<char> element)
    {
        Span<char> key = stackalloc char[64];
        while (true)
        {
            Demand(at < page.Length, "a tag does not end");
            if (page[at] == '>')
            {
                return at + 1;
            }

            if (page[at] == '/' && at + 1 < page.Length && page[at + 1] == '>')
            {
                return at + 2;
            }

            Demand(page[at] == ' ', "a tag holds what is no attribute");
            int start = ++at;
            while (at < page.Length && (char.IsAsciiLetterOrDigit(page[at]) || page[at] is '-' or ':' or '_'))
            {
                at++;
            }

            if (at == start)
            {
                continue;
            }

            ReadOnlySpan<char> name = page.AsSpan(start, at - start);
            Demand(element.Length + 1 + name.Length <= key.Length, "a name is too long");
            element.CopyTo(key);
            key[element.Length] = '/';
            name.CopyTo(key[(element.Length + 1)..]);
            Allow(allowed, allowedNames, key[..(element.Length + 1 + name.Length)], "an attribute that the report does not have");
            Demand(at + 1 < page.Length && page[at] == '=' && page[at + 1] == '"', "an attribute has no value in quotes");
            at = Value(page, at + 2);
        }
    }

    // Returns the place behind the closing quote.
    private static int Value(string page, int at)
    {
        while (true)
        {
            int next = at < page.Length ? page.AsSpan(at).IndexOfAny('"', '<', '&') : -1;
            Demand(next >= 0, "a value does not end");
            CheckText(page.AsSpan(at, next));
            at += next;
            Demand(page[at] != '<', "a < stands in a value");
            if (page[at] == '"')
            {
                return at + 1;
            }

            at += Entity(page.AsSpan(at));
        }
    }

    private int Code(string page, int at, ReadOnlySpan<char> element)
    {
        int end = page.IndexOf($"</{element}>", at, StringComparison.Ordinal);
        Demand(end >= 0, "style or script does not end");
        Allow(code, allowedCode, page.AsSpan(at, end - at), "style or script is another");
        return end;
    }

    private void Allow(HashSet<string> set, HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup, ReadOnlySpan<char> name, string otherwise)
    {
        if (isLearning)
        {
            set.Add(name.ToString());
        }
        else if (!lookup.Contains(name))
        {
            throw new FuzzViolation("report: " + otherwise, $"The report has {otherwise}: {name[..Math.Min(name.Length, 100)]}");
        }
    }

    private static void Demand(bool holds, string what)
    {
        if (!holds)
        {
            throw new FuzzViolation("report: " + what, "The report is no page of its own: " + what + ".");
        }
    }
}
