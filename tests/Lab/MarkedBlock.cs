using System;
using System.IO;

namespace PSLabNet.Lab;

/// <summary>The part of a page between two comments that a program writes; nobody edits it by hand.</summary>
public sealed class MarkedBlock
{
    private readonly string path;
    private readonly string begin;
    private readonly string end;

    /// <summary>Finds the block, so that a page without it is detected before the work.</summary>
    /// <param name="path">The page.</param>
    /// <param name="begin">The comment before the block.</param>
    /// <param name="end">The comment after it.</param>
    /// <exception cref="IOException">The page is missing or has no such block.</exception>
    public MarkedBlock(string path, string begin, string end)
    {
        this.path = path;
        this.begin = begin;
        this.end = end;
        Content = Find(File.ReadAllText(path), out _);
    }

    /// <summary>The text between the comments.</summary>
    public string Content { get; private set; }

    /// <summary>Replaces the text between the comments.</summary>
    /// <param name="content">The new text.</param>
    /// <exception cref="IOException">The page is missing or no longer has such a block.</exception>
    public void Write(string content)
    {
        string page = File.ReadAllText(path);
        string old = Find(page, out int at);
        Content = "\n" + content;
        File.WriteAllText(path, page[..at] + Content + page[(at + old.Length)..]);
    }

    private string Find(string page, out int at)
    {
        int mark = page.IndexOf(begin, StringComparison.Ordinal);
        at = mark + begin.Length;
        int last = mark < 0 ? -1 : page.IndexOf(end, at, StringComparison.Ordinal);
        return last < 0 ? throw new IOException($"{path} has no lines '{begin}' and '{end}' to write between.") : page[at..last];
    }
}
