using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Samples;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Samples;

public sealed class SampleFileTests : IDisposable
{
    private const string Header = "Time,Server,Vendor,Feature,Version,Issued,InUse,Reserved,Queued\r\n";

    private static readonly DateTimeOffset Ten = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("samples").FullName;
    private readonly List<FlexLmSampleFault> faults = [];

    private string Target => Path.Combine(folder, "usage.csv");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Rows_are_what_spreadsheets_and_databases_read()
    {
        await AppendAsync(
            new FlexLmSample { Time = Ten.ToOffset(TimeSpan.FromHours(1)), Server = "27000@lic1", Vendor = "MLM", Feature = "MATLAB", Version = "52", Issued = 10, InUse = 3, Reserved = 0, Queued = 1 },
            new FlexLmSample { Time = Ten, Feature = "a,\"b\"" });

        Assert.Equal(
            "\uFEFF" + Header
            + "2026-11-27T10:00:00+00:00,27000@lic1,MLM,MATLAB,52,10,3,0,1\r\n"
            + "2026-11-27T10:00:00+00:00,,,\"a,\"\"b\"\"\",,,,,\r\n",
            Encoding.UTF8.GetString(File.ReadAllBytes(Target)));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("@lic1", "'@lic1")]
    [InlineData("-", "'-")]
    [InlineData("+1", "'+1")]
    [InlineData("'=1", "''=1")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("a;=1", "\"a;'=1\"")]
    [InlineData("a;\"=1", "\"a;'\"\"=1\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("\t=1", "\\x09=1")]
    [InlineData("a\u001b[31m\u202e", "a\\x1b[31m\\u202e")]
    [InlineData("a\uFFFD", "a\\ufffd")]
    [InlineData(" a ", "\" a \"")]
    [InlineData("1-2", "1-2")]
    public async Task A_hostile_name_is_text_in_a_spreadsheet_and_itself_again_when_read(string name, string cell)
    {
        await AppendAsync(new FlexLmSample { Time = Ten, Feature = name });

        Assert.Contains($",,,{cell},,,,,\r\n", File.ReadAllText(Target), StringComparison.Ordinal);
        string shown = Assert.Single(Read(File.ReadAllBytes(Target))).Feature;
        Assert.Equal(PSLabNet.Text.PrintableText.Escape(name).Replace("\uFFFD", @"\ufffd"), shown);
        Assert.Empty(faults);
    }

    [Fact]
    public async Task What_is_written_is_read()
    {
        FlexLmSample[] written =
        [
            new() { Time = Ten, Server = "s", Vendor = "v", Feature = "f", Version = "1.0", Issued = 0, InUse = int.MaxValue },
            new() { Time = Ten.AddMinutes(10), Feature = "g", Reserved = 2, Queued = 3 },
        ];
        await AppendAsync(written);

        Assert.Equal(written.Select(Values), Read(File.ReadAllBytes(Target)).Select(Values));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Files_that_a_spreadsheet_saved_are_read(string encoding)
    {
        var saved = Encoding.GetEncoding(encoding);
        const string Text = "sep=;\r\nQueued;In use;FEATURE;note;time\r\n;4;\"Ü;1\";x;2026-11-27T10:00:00+00:00\r\n;;;;\r\n\r\n1; 5 ;B;;2026-11-27 11:00:00 +01:00\r\n";

        FlexLmSample[] read = Read([.. saved.GetPreamble(), .. saved.GetBytes(Text)]);

        Assert.Equal(["Ü;1", "B"], read.Select(sample => sample.Feature));
        Assert.Equal([Ten, Ten], read.Select(sample => sample.Time));
        Assert.Equal([4, 5], read.Select(sample => sample.InUse));
        Assert.Equal([null, 1], read.Select(sample => sample.Queued));
        FlexLmSampleFault fault = Assert.Single(faults);
        Assert.Equal(4, fault.LineNumber);
    }

    [Theory]
    [InlineData("2026-11-27T10:00:00+00:00")]
    [InlineData("2026-11-27T11:00:00+01:00")]
    [InlineData("2026-11-27T10:00:00Z")]
    [InlineData("2026-11-27T10:00Z")]
    [InlineData("2026-11-27 10:00:00")]
    [InlineData("2026-11-27 10:00:00.0000000 +00:00")]
    [InlineData("2026-11-27 10:00")]
    public void Times_of_databases_are_read(string time) =>
        Assert.Equal(Ten, Assert.Single(Read($"Time,Feature\n{time},f\n")).Time);

    [Theory]
    [InlineData("03/04/2026 10:00,f,1", "is not a time")]
    [InlineData("2026-11-27T10:00:00+00:00,,1", "names no feature")]
    [InlineData("2026-11-27T10:00:00+00:00,f,-1", "InUse is '-1'")]
    [InlineData("2026-11-27T10:00:00+00:00,f,2147483648", "not a number of licenses")]
    [InlineData("2026-11-27T10:00:00+00:00,f", "has 2 cells, and the header 3")]
    [InlineData("2026-11-27T10:00:00+00:00,\"f,1", "quote is not closed")]
    [InlineData("2026-11-27T10:00:00+00:00,\"f\"g,1", "quote is not closed")]
    public void A_bad_row_is_a_fault_with_its_line_and_the_others_are_read(string row, string message)
    {
        FlexLmSample[] read = Read($"Time,Feature,InUse\n2026-11-27T10:00:00+00:00,a,1\n{row}\n2026-11-27T10:00:00+00:00,b,1\n");

        Assert.Equal(["a", "b"], read.Select(sample => sample.Feature));
        FlexLmSampleFault fault = Assert.Single(faults);
        Assert.Equal(3, fault.LineNumber);
        Assert.Contains(message, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_are_counted_after_the_first_hundred()
    {
        Assert.Empty(Read("Time,Feature\n" + string.Concat(Enumerable.Repeat("x\n", 1000))));

        Assert.Equal(101, faults.Count);
        Assert.Equal("test:1001: 900 more lines of this file can't be read; this is the last of them.", faults[100].ToString());
    }

    [Fact]
    public void A_line_that_a_power_cut_ended_is_a_fault()
    {
        FlexLmSample[] read = Read("Time,Feature,InUse\n2026-11-27T10:00:00+00:00,a,1\n2026-11-27T10:00:00+00:00,a,1");

        Assert.Single(read);
        Assert.Equal(3, Assert.Single(faults).LineNumber);
    }

    [Fact]
    public void Joined_files_are_read()
    {
        FlexLmSample[] read = Read("Time,Feature,InUse\n2026-11-27T10:00:00+00:00,a,1\n\uFEFFTime,InUse,Feature\n2026-11-27T10:00:00+00:00,2,b\n");

        Assert.Equal(["a 1", "b 2"], read.Select(sample => $"{sample.Feature} {sample.InUse}"));
        Assert.Empty(faults);
    }

    [Fact]
    public void A_file_without_header_and_a_line_without_end_are_no_samples()
    {
        Assert.Empty(Read("2026-11-27T10:00:00+00:00,a,1\n"));
        Assert.Contains("not a header", Assert.Single(faults).Message, StringComparison.Ordinal);
        faults.Clear();
        Assert.Empty(Read("Time,Feature\n2026-11-27T10:00:00+00:00," + new string('x', 100_000) + "\n"));
        Assert.Contains("longer than", Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_month_is_the_one_of_the_rows()
    {
        var newYearInTokyo = new DateTimeOffset(2027, 1, 1, 8, 0, 0, TimeSpan.FromHours(9));

        Assert.Equal(Path.Combine("a.b", "usage-2026-12.csv"), FlexLmSampleFile.MonthlyPath(Path.Combine("a.b", "usage.csv"), newYearInTokyo));
        Assert.Equal(Path.Combine("a.b", "usage-2026-12"), FlexLmSampleFile.MonthlyPath(Path.Combine("a.b", "usage"), newYearInTokyo));
    }

    [Fact]
    public async Task Another_header_is_an_error_that_says_what_to_do()
    {
        File.WriteAllText(Target, "Time;Server\r\n");

        var error = await Assert.ThrowsAsync<IOException>(() => AppendAsync(new FlexLmSample { Time = Ten, Feature = "f" }));

        Assert.Contains("another name", error.Message, StringComparison.Ordinal);
        Assert.Contains(Target, error.Message, StringComparison.Ordinal);
    }

    private static object Values(FlexLmSample sample) =>
        (sample.Time, sample.Server, sample.Vendor, sample.Feature, sample.Version, (sample.Issued, sample.InUse, sample.Reserved, sample.Queued));

    private Task AppendAsync(params FlexLmSample[] samples) => FlexLmSampleFile.AppendAsync(Target, samples, TestContext.Current.CancellationToken);

    private FlexLmSample[] Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private FlexLmSample[] Read(byte[] bytes) => [.. FlexLmSampleFile.Read(new MemoryStream(bytes), "test", faults.Add)];
}
