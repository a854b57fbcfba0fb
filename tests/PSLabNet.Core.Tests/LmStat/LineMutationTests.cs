using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
using PSLabNet.FlexLm.Logs;
using Xunit;

namespace PSLabNet.Tests.LmStat;

public sealed class LineMutationTests
{
    private static readonly byte[][] Texts =
    [
        .. Corpus.Names("lmstat", "*.txt").Select(name => File.ReadAllBytes(Corpus.PathOf("lmstat", name))),
        .. Corpus.Names("logs", "*.log").Select(name => File.ReadAllBytes(Corpus.PathOf("logs", name))),
    ];

    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(400);

    private static Gen<byte[]> Mutations =>
        from text in Gen.Elements(Texts)
        from edits in Gen.ListOf(from place in Gen.Choose(0, 1 << 20) from kind in Gen.Choose(0, 5) from value in Gen.Choose(0, 255) select (place, kind, value))
        select Mutate(text, edits);

    [Fact]
    public void Bytes_of_any_kind_throw_nothing()
    {
        Gen<byte[]> bytes = Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value));
        Check.One(Settings, Prop.ForAll(bytes.ToArbitrary(), AllIsWell));
    }

    [Fact]
    public void Mutations_of_the_corpus_throw_nothing_and_lose_no_line()
    {
        Check.One(Settings, Prop.ForAll(Mutations.ToArbitrary(), AllIsWell));
    }

    private static bool AllIsWell(byte[] bytes)
    {
        if (bytes is [0x1F, 0x8B, 8, ..])
        {
            return true; // A compressed log, and damaged: the reader has a documented exception for it.
        }

        var options = new FlexLmStatOptions { TimeZone = Corpus.Zone, ReadAt = Corpus.At("2025-06-01T12:00:00+02:00") };
        FlexLmSnapshot[] snapshots = [.. FlexLmStatReader.Read(new MemoryStream(bytes), options)];
        FlexLmLogEvent[] events = [.. FlexLmLogReader.Read(new MemoryStream(bytes), new FlexLmLogOptions { TimeZone = Corpus.Zone })];
        foreach (FlexLmLogSession session in FlexLmLogSessionTracker.Track(events))
        {
            Assert.True(session.Count > 0);
        }

        // Everything that is counted has its own line, and each line of a log is an event.
        string[] lines = [.. Lines(bytes).Where(line => line.Trim(' ', '\t', '\r', '\n', '\0', '\f', '\v', '\uFEFF').Length > 0)];
        int entries = snapshots.Sum(snapshot => snapshot.Unparsed.Count + snapshot.Features.Sum(feature => feature.Checkouts.Count + feature.Reservations.Count));
        Assert.True(entries <= 2 * lines.Length);
        Assert.Equal(lines.Length, events.Length);
        return snapshots.All(snapshot => snapshot.Features.All(feature => feature.Available is null or >= 0 && feature.Reserved is null or >= 0));
    }

    private static string[] Lines(byte[] bytes)
    {
        (Encoding? utf16, int mark) = bytes switch
        {
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            [> 0 and < 0x80, 0, > 0 and < 0x80, 0, ..] => (Encoding.Unicode, 0),
            [0, > 0 and < 0x80, 0, > 0 and < 0x80, ..] => (Encoding.BigEndianUnicode, 0),
            _ => ((Encoding?)null, 0),
        };
        if (utf16 is not null)
        {
            return utf16.GetString(bytes, mark, (bytes.Length - mark) & ~1).Split('\n');
        }

        return Encoding.Latin1.GetString(bytes).Replace("\u00EF\u00BB\u00BF", string.Empty, StringComparison.Ordinal)
            .Split('\n');
    }

    private static byte[] Mutate(byte[] text, IEnumerable<(int Place, int Kind, int Value)> edits)
    {
        List<byte> bytes = [.. text];
        foreach ((int place, int kind, int value) in edits)
        {
            int at = bytes.Count == 0 ? 0 : place % bytes.Count;
            switch (kind)
            {
                case 0 when bytes.Count > 0:
                    bytes[at] = (byte)value;
                    break;
                case 1:
                    bytes.Insert(at, (byte)value);
                    break;
                case 2 when bytes.Count > 0:
                    bytes.RemoveRange(at, Math.Min(value, bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(value, bytes.Count - at)));
                    break;
                case 4:
                    bytes.InsertRange(at, Encoding.ASCII.GetBytes("\n" + (value % 2 == 0 ? "Users of x:  (Total of 1 license issued;  Total of 1 license in use)" : ", start ") + "\n"));
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)"()\"@: /-"[value % 8], value));
                    break;
            }
        }

        return [.. bytes];
    }
}
