using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.Logging;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.Wire;

public sealed class LabLogTests
{
    [Fact]
    public void The_null_log_accepts_everything()
    {
        LabLog.None.Warning("w");
        LabLog.None.Verbose("v");
        LabLog.None.Bytes("b", [1]);
        Assert.IsType<LabLog>(LabLog.None);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_that_takes_no_bytes_gets_none(bool hearsBytes)
    {
        using var simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions());
        var log = new CountingLog { HearsBytes = hearsBytes };
        FlexLmServerStatus status = await new FlexLmClient(new FlexLmQueryOptions { Log = log }).GetStatusAsync(
            FlexLmServerAddress.Of(new FlexLmNode("127.0.0.1", simulator.Port)),
            FlexLmFeatureFilter.All,
            CancellationToken.None);
        Assert.Equal(FlexLmState.Up, status.Status);
        Assert.Equal(hearsBytes, !log.Messages.IsEmpty);
    }

    private sealed class CountingLog : ILabByteLog
    {
        public bool HearsBytes { get; init; }

        public ConcurrentQueue<string> Messages { get; } = new();

        public void Warning(string message)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Bytes(string message, byte[] bytes) => Messages.Enqueue(message);
    }
}
