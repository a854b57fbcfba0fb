using PSLabNet.Wire;
using Xunit;

namespace PSLabNet.Tests.Wire;

public sealed class WireLogTests
{
    [Fact]
    public void The_log_that_nobody_reads_takes_everything()
    {
        WireLog.None.Warning("w");
        WireLog.None.Verbose("v");
        WireLog.None.Bytes("b", [1]);
        Assert.IsType<WireLog>(WireLog.None);
    }
}
