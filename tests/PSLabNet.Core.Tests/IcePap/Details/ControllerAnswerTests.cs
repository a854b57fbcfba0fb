using System.Collections.Generic;
using System.Linq;
using System.Text;
using PSLabNet.IcePap.Details;
using Xunit;

namespace PSLabNet.Tests.IcePap.Details;

public sealed class ControllerAnswerTests
{
    private const string AllBoards =
        "?VER $\r\nSYSTEM       :  3.17 : Tue Feb 16 10:57:37 2016\r\n   CONTROLLER:  3.19\r\n      DSP    :  3.67 : Mon Dec 14 13:22:03 2015\r\n   DRIVER    :  3.18\r\n$\r\n";

    [Theory]
    [InlineData("?VER 3.23\r\n", "3.23")]
    [InlineData("?VER 3.23\n", "3.23")]
    [InlineData("?ver\t 3.23 \r", "3.23")]
    [InlineData("\r\n\r\n?VER 1.225\r\n", "1.225")]
    [InlineData("?ID 0008.0153.F797\r\n?VER 3.23\r\n", "3.23")]
    [InlineData(AllBoards, "3.17")]
    [InlineData("?VER $\n\n  SYSTEM:3.17\n$", "3.17")]
    [InlineData("?VER $\nSYSTEM: 3.17\n $?VER 1", "3.17")]
    public void The_version_is_the_one_of_the_system(string text, string version) => Assert.Equal(version, ControllerValues.Firmware(Whole(text, "?VER")));

    [Theory]
    [InlineData("?VER")]
    [InlineData("?VER 3.2")]
    [InlineData("?VERSION 3.23\r\n")]
    [InlineData("0:?VER 3.23\r\n")]
    [InlineData("?VER $\r\nSYSTEM : 3.17\r\n")]
    [InlineData("\0\0\0\r\n")]
    public void An_answer_that_is_not_complete_is_none(string text) => Assert.Null(Read(text, "?VER"));

    [Theory]
    [InlineData("?VER ERROR Command not recognised\r\n")]
    [InlineData("?VER\r\n")]
    [InlineData("?VER $\r\n$\r\n")]
    public void An_error_or_an_empty_answer_gives_no_value(string text)
    {
        ControllerAnswer answer = Whole(text, "?VER");
        Assert.Equal(((string?)null, (string?)null, null), (ControllerValues.Firmware(answer), ControllerValues.Identification(answer), ControllerValues.Drivers(answer)));
        Assert.Null(ControllerValues.Racks(answer));
    }

    [Theory]
    [InlineData("0x0001", new[] { 0 })]
    [InlineData("0x8001", new[] { 0, 15 })]
    [InlineData("0x0", new int[0])]
    [InlineData("8003", new[] { 0, 1, 15 })]
    public void The_mask_of_the_system_shows_the_racks(string mask, int[] racks) =>
        Assert.Equal(racks, ControllerValues.Racks(Whole($"?SYSSTAT {mask}\r\n", "?SYSSTAT")));

    [Theory]
    [InlineData("0x10000")]
    [InlineData("0xFFFFFFFF")]
    [InlineData("0x80000000")]
    [InlineData("0x")]
    [InlineData("-1")]
    [InlineData("0x0x1")]
    [InlineData("none")]
    public void A_mask_that_no_system_can_have_is_no_value(string mask) => Assert.Null(ControllerValues.Racks(Whole($"?SYSSTAT {mask}\r\n", "?SYSSTAT")));

    [Theory]
    [InlineData("0xFF 0x0F", 8)]
    [InlineData("0x11 0x11", 2)]
    [InlineData("0x00 0x00", 0)]
    public void The_first_mask_of_a_rack_shows_the_drivers_that_are_present(string masks, int count) =>
        Assert.Equal(count, ControllerValues.Drivers(Whole($"?SYSSTAT {masks}\r\n", "?SYSSTAT 3")));

    [Fact]
    public void Control_characters_are_escaped() =>
        Assert.Equal(@"a\x1b[31mÿ", ControllerValues.Identification(Whole("?ID a\u001b[31m\u00ff\r\n", "?ID")));

    [Fact]
    public void A_value_that_is_too_long_is_none()
    {
        Assert.Equal(80, ControllerValues.Identification(Whole($"?ID {new string('a', 80)}\r\n", "?ID"))!.Length);
        Assert.Null(ControllerValues.Identification(Whole($"?ID {new string('a', 81)}\r\n", "?ID")));
    }

    [Fact]
    public void Reading_ends_when_more_came_than_an_answer_can_have()
    {
        var reader = new ControllerAnswerReader("?VER");
        byte[] bytes = Encoding.ASCII.GetBytes("?VER $\r\n" + new string('x', ControllerProtocol.MaxAnswerSize) + "\r\n$\r\n");
        Assert.Null(reader.Read(bytes, bytes.Length));
        Assert.True(reader.IsTooLong);
    }

    [Fact]
    public void The_pieces_in_which_an_answer_arrives_do_not_matter()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(AllBoards);
        IReadOnlyList<string> whole = Whole(AllBoards, "?VER").Lines;
        Assert.Equal(4, whole.Count);
        for (int size = 1; size < bytes.Length; size++)
        {
            var reader = new ControllerAnswerReader("?VER");
            ControllerAnswer? answer = null;
            for (int at = 0; answer is null && at < bytes.Length; at += size)
            {
                byte[] piece = [.. bytes.Skip(at).Take(size)];
                answer = reader.Read(piece, piece.Length);
            }

            Assert.Equal(whole, answer?.Lines);
        }
    }

    private static ControllerAnswer Whole(string text, string request)
    {
        ControllerAnswer? answer = Read(text, request);
        Assert.NotNull(answer);
        return answer;
    }

    private static ControllerAnswer? Read(string text, string request)
    {
        byte[] bytes = Encoding.GetEncoding("ISO-8859-1").GetBytes(text);
        return new ControllerAnswerReader(request).Read(bytes, bytes.Length);
    }
}
