using PSLabNet.Logging;
using PSLabNet.Tests.FlexLm;
using Xunit;

namespace PSLabNet.Tests.Wire;

public sealed class WarnOnceLogTests
{
    [Fact]
    public void A_warning_is_passed_on_once_and_everything_else_each_time()
    {
        var heard = new Asking();
        var log = new WarnOnceLog(heard);
        for (int look = 0; look < 3; look++)
        {
            log.Warning("the same");
            log.Bytes("bytes", []);
        }

        log.Warning("another");

        Assert.Equal(["the same", "another"], heard.VerboseLines);
        Assert.Equal(3, heard.DebugLines.Count);
        Assert.True(log.HearsBytes);
    }
}
