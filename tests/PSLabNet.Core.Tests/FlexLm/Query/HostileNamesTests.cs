using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Reflection;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Metrics;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Servers;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>A server whose every name is harmful. None of these names reaches the log or an object unescaped.</summary>
public sealed class HostileNamesTests
{
    private const uint Time = 1700000000;

    // Has no blank, NUL, 01 or 07, which would end a name.
    private const string Harm = "x\x1b[31m\x9b\u202e\u2066\u200b\u2028\u061c\x7f\ufeff";
    private const string License = "VENDOR v" + Harm + "\nINCREMENT f" + Harm + " v" + Harm + " 1.0" + Harm + " permanent 10 SIGN=A1\nODD" + Harm + "\n";

    /// <summary>How the server answers requests after the hello.</summary>
    public enum Mood
    {
        Answers,
        VendorIsDown,
        VendorIsAnother,
        VendorAnswersErrors,
        VendorRefusesHello,
        SendsOnToNowhere,
        EveryAnswerIsAnError,
        AnswersAreOfAnotherKind,
    }

    [Theory]
    [InlineData(Mood.Answers)]
    [InlineData(Mood.VendorIsDown)]
    [InlineData(Mood.VendorIsAnother)]
    [InlineData(Mood.VendorAnswersErrors)]
    [InlineData(Mood.VendorRefusesHello)]
    [InlineData(Mood.SendsOnToNowhere)]
    [InlineData(Mood.EveryAnswerIsAnError)]
    [InlineData(Mood.AnswersAreOfAnotherKind)]
    public async Task Nothing_reaches_the_log_or_an_object_unescaped(Mood mood)
    {
        using ScriptedServer vendor = Vendor(mood);
        using ScriptedServer server = Manager(vendor, mood);

        Asking asking = await Asking.FeaturesOf(server.Address);
        FlexLmServerStatus status = await Asking.StatusOf(server.Address);
        FlexLmLicenseResult license = await new FlexLmClient(asking.Options(20)).GetLicenseAsync(
            Asking.Address(server.Address), TestContext.Current.CancellationToken);

        // Programs get the text of the license file unchanged. The cmdlet escapes it.
        string[] said = [.. asking.VerboseLines, .. TextIn(asking.Features), .. TextIn(asking.Result), .. TextIn(status), .. TextIn(new FlexLmLicenseResult(license) { Text = string.Empty })];
        Assert.Contains(said, text => text.Contains(@"\x1b[31m\x9b\u202e", StringComparison.Ordinal));
        Assert.All(said, text => Assert.DoesNotContain(text, c => MeansHarm(c)));
    }

    [Theory]
    [InlineData("27000@lic\x1b[31m")]
    [InlineData("27000@lic\u202e1")]
    [InlineData("27000@lic1,27000@lic\x9b,27000@lic3")]
    public void A_host_with_escape_sequences_is_not_a_server_and_is_shown_escaped(string text)
    {
        FlexLmServerListResult list = FlexLmServerList.Parse(text, new FlexLmEnvironment());

        Assert.Empty(list.Servers);
        Assert.DoesNotContain(Assert.Single(list.Faults), c => MeansHarm(c));
    }

    [Theory]
    [InlineData("a\"b\\c\nd", "n=\"a\\\"b\\\\c\\nd\"")]
    [InlineData("a\0b\rc\x1b[31m\u202e", "n=\"a\\\\x00b\\\\x0dc\\\\x1b[31m\\\\u202e\"")]
    [InlineData("x\",u=\"y\"} 1\nup 0", "n=\"x\\\",u=\\\"y\\\"} 1\\nup 0\"")]
    public void A_label_of_a_metric_stays_one_label(string value, string expected) => Assert.Equal(expected, new PrometheusLabel("n", value).ToString());

    private static bool MeansHarm(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;

    private static ScriptedServer Manager(ScriptedServer vendor, Mood mood) => new(request =>
    {
        if (request.Is(LegacyKind.Hello))
        {
            string host = mood == Mood.SendsOnToNowhere ? "nowhere" + Harm + ".invalid" : "127.0.0.1";
            return HelloRequest.Decode(request.Old!).Vendor.Length == 0
                ? [new HelloReply(11, 19, host, "lmgrd" + Harm).Encode(Time)]
                : [mood == Mood.VendorIsDown ? ErrorReply.Encode(-97) : new VendorAddress(host, (uint)vendor.Port).Encode(Time)];
        }

        if (mood == Mood.EveryAnswerIsAnError)
        {
            return [ErrorReply.Encode(-9999)];
        }

        return ManagerCommand.Decode(request.Frame!).Command switch
        {
            ManagerCommand.LicenseFile => [Text(License)],
            ManagerCommand.Daemons => [Text("v" + Harm + " w" + Harm)],
            _ => [Text("/lic/" + Harm)],
        };
    });

    private static ScriptedServer Vendor(Mood mood) => new(request =>
    {
        if (request.Is(LegacyKind.Hello))
        {
            string asked = HelloRequest.Decode(request.Old!).Vendor;
            return mood switch
            {
                Mood.VendorRefusesHello => [ErrorReply.Encode(-60)],
                Mood.AnswersAreOfAnotherKind => [Text(Harm)],
                _ => [new HelloReply(11, 19, "host" + Harm, mood == Mood.VendorIsAnother ? "another" + Harm : asked).Encode(Time)],
            };
        }

        if (mood == Mood.VendorAnswersErrors)
        {
            return [ErrorReply.Encode(-60)];
        }

        return request.Is(FrameType.LicenseSetsRequest) ? [LicenseSetsReply.Encode(Time, [new LicenseSet("FID" + Harm, "names" + Harm, "INCREMENT g" + Harm + " v" + Harm + " 1.0 permanent 1 SIGN=B1")])]
            : request.Is(FrameType.FeaturesRequest) ? [Text("f" + Harm + " other" + Harm)]
            : [
                new StatusReply(2, 10, Time).Encode(Time),
                new UsageReply(UsageKind.Checkout, "user" + Harm, "host" + Harm, "display" + Harm, "1" + Harm) { Since = Time, Number = 1 }.Encode(Time),
                UsageReply.Reservation("group" + Harm).Encode(Time),
            ];
    });

    private static byte[] Text(string text)
    {
        byte[] bytes = Utf8OrLatin1.Encode(text + "\0");
        return TextReply.Encode(Time, bytes, (ushort)bytes.Length);
    }

    // Every string in one of our objects and in the objects in it, and the ToString of each object.
    private static IEnumerable<string> TextIn(object? value)
    {
        switch (value)
        {
            case null:
                return [];
            case string text:
                return [text];
            case IEnumerable items:
                return items.Cast<object?>().SelectMany(TextIn);
            case Enum or IPAddress:
                return [];
        }

        return value.GetType().Namespace?.StartsWith("PSLabNet", StringComparison.Ordinal) == true
            ? value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0)
                .SelectMany(property => TextIn(property.GetValue(value)))
                .Append(value.ToString()!)
            : [];
    }
}
