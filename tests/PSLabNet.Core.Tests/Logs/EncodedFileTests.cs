using System;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Logs;
using Xunit;

namespace PSLabNet.Tests.Logs;

public sealed class EncodedFileTests
{
    private const string Log = "8:00:00 (v) OUT: \"f\" a\U0001F600@h\n8:00:01 (v) IN: \"f\" a\U0001F600@h\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "iso-8859-1"];

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Utf_16_needs_no_mark(string name)
    {
        byte[] bytes = Encoding.GetEncoding(name).GetBytes(Log);

        Assert.All(Enumerable.Range(1, 3), most =>
            Assert.Equal(["a\U0001F600", "a\U0001F600"], FlexLmLogReader.Read(new Pieces(bytes, most)).Select(item => item.User)));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_file_that_arrives_byte_by_byte_reads_as_in_one_piece(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(name == "iso-8859-1" ? Log.Replace("\U0001F600", "\u00e9") : Log)];
        var options = new FlexLmLogOptions { TimeZone = Corpus.Zone, StartDate = new DateTime(2025, 1, 6) };

        FlexLmLogEvent[] whole = [.. FlexLmLogReader.Read(new MemoryStream(bytes), options)];

        Assert.Equal(["a\U0001F600", "a\U0001F600"], whole.Select(item => item.User.Replace("\u00e9", "\U0001F600")));
        Assert.All(Enumerable.Range(1, 7), most => Assert.Equivalent(whole, FlexLmLogReader.Read(new Pieces(bytes, most), options).ToArray(), strict: true));
    }

    private sealed class Pieces(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));
    }
}
