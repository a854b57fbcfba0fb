using System;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>How texts of lmgrd are told apart, and what is remembered of daemons.</summary>
public sealed class ManagerTextTests
{
    [Theory]
    [InlineData("dlist=a b|", "getpaths=/l|", "=SERVER h ANY\nVENDOR a\n|", true)]
    [InlineData("dlist=|", "=FEATURE f v 1.0 permanent 1 SIGN=1|", "", true)]
    [InlineData("dlist=a|", "=error -61|", "", true)]
    [InlineData("dlist=error -61|", "=error -61|", "", true)]
    [InlineData("dlist=error -61|", "=error -33|", "", false)]
    [InlineData("dlist=|", "=error -33|", "", false)]
    [InlineData("dlist=a|", "=b|", "", false)]
    [InlineData("dlist=VENDOR a\nVENDOR b\n|", "=a b|", "", false)]
    [InlineData("getpaths=C:\\l.dat|", "dlist=demo|", "=# none\n|", true)]
    [InlineData("dlist=VENDOR a|", "=# none\n|", "", false)]
    [InlineData("dlist=a|", "=VENDOR a /opt/a|", "", true)]
    [InlineData("dlist=VENDOR|", "=# none\n|", "", true)]
    [InlineData("dlist=a b \n|", "=# none\n|", "", true)]
    [InlineData("getpaths=demo|", "dlist=C:\\l.dat|", "=# none\n|", false)]
    public void Answers_count_together_only_if_each_is_certain(string first, string second, string third, bool isCertain)
    {
        ManagerAnswer[] answers =
        [
            .. new[] { first, second, third }.Where(text => text.Length > 0).Select(text =>
            {
                int at = text.IndexOf('=');
                return new ManagerAnswer(text.Substring(0, at), Reply(text.Substring(at + 1).TrimEnd('|')));
            }),
        ];

        Assert.Equal(isCertain, ManagerText.FindTrouble(answers) is null);
    }

    [Fact]
    public void Of_too_many_daemons_the_first_is_forgotten()
    {
        var known = new KnownDaemons();
        for (int port = 1; port <= KnownDaemons.Most + 1; port++)
        {
            known.Note(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, port), "Demo", port % 2 == 0 ? 1 : 32);
        }

        Assert.Null(known.FindWindow(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 1), "demo"));
        Assert.Equal(1, known.FindWindow(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 2), "demo"));
        Assert.Null(known.FindWindow(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 2), "other"));
    }

    private static FlexLmMessage Reply(string text) => FlexLmMessage.Decode(text.StartsWith("error ", StringComparison.Ordinal)
        ? ErrorReply.Encode(int.Parse(text[6..], System.Globalization.CultureInfo.InvariantCulture))
        : TextReply.Encode(1700000000, Encoding.ASCII.GetBytes(text), (uint)text.Length));
}
