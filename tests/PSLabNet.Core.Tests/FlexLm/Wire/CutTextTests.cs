using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Wire;

/// <summary>Lines at a seam are removed with their continuations, and no other line.</summary>
public sealed class CutTextTests
{
    [Theory]
    [InlineData("one\ntwo\nthr", 11, 8)]
    [InlineData("one\ntwo\n", 8, 8)]
    [InlineData("one\ntwo\n", 7, 4)]
    [InlineData("one\\\ntwo", 8, 0)]
    [InlineData("zero\none\\ \t\r\ntwo\\\r\nthr", 21, 5)]
    [InlineData("\\\ntwo", 5, 0)]
    [InlineData(" \ntwo", 5, 2)]
    [InlineData("\ntwo", 4, 1)]
    [InlineData("one", 3, 0)]
    [InlineData("one", 0, 0)]
    public void The_last_whole_line_ends_before_the_position(string text, int place, int end) =>
        Assert.Equal(end, CutText.FindWholeEnd(Encoding.ASCII.GetBytes(text), place));

    [Theory]
    [InlineData("one\ntwo\nthree\n", "one\n\nthree\n", 5)]
    [InlineData("one\ntwo\nthree\n", "one\n\nthree\n", 4, 6)]
    [InlineData("one\ntwo\nthree", "\ntwo\n", 0, 13)]
    [InlineData("one\ntwo\\\nthree\nfour", "one\n\n\nfour", 5)]
    [InlineData("one\ntwo\\\nthree\nfour", "one\n\n\nfour", 10)]
    [InlineData("one\ntwo\\\nthree\nfour", "one\ntwo\\\nthree\nfour")]
    public void Blank_lines_replace_what_is_at_a_seam(string text, string rest, params int[] seams) =>
        Assert.Equal(rest, Encoding.ASCII.GetString(CutText.WithoutSeams(Encoding.ASCII.GetBytes(text), seams)));

    [Fact]
    public void Only_the_lines_at_seams_are_blank()
    {
        Gen<(string[] Lines, int[] Seams)> cases =
            from lines in Gen.Elements("", "a", "bb ", "ccc\\", "dd\\ \r", "\\", "e\r").ArrayOf(7)
            from seams in Gen.Choose(0, 40).ArrayOf(3)
            select (lines, seams);
        Prop.ForAll(cases.ToArbitrary(), one => AreBlank(one.Lines, one.Seams)).Holds(2000);
    }

    private static bool AreBlank(string[] lines, int[] places)
    {
        string text = string.Join("\n", lines);
        int[] seams = [.. places.Where(place => place <= text.Length).OrderBy(place => place)];
        string rest = Encoding.ASCII.GetString(CutText.WithoutSeams(Encoding.ASCII.GetBytes(text), seams));

        // A group is a line with its continuations: it is blank as a whole.
        var expected = new List<string>();
        for (int first = 0, at = 0; first < lines.Length;)
        {
            int last = first;
            while (last < lines.Length - 1 && lines[last].TrimEnd(' ', '\t', '\r').EndsWith('\\'))
            {
                last++;
            }

            string[] group = lines[first..(last + 1)];
            int end = at + string.Join("\n", group).Length;
            bool isCut = Array.Exists(seams, seam => seam >= at && seam <= end);
            expected.AddRange(isCut ? group.Select(_ => string.Empty) : group);
            at = end + 1;
            first = last + 1;
        }

        Assert.Equal(string.Join("\n", expected), rest);
        return true;
    }
}
