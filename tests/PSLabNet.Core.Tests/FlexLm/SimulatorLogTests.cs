using System.Globalization;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm;

public sealed class SimulatorLogTests
{
    [Fact]
    public void A_simulator_remembers_its_last_requests_and_counts_all_connections()
    {
        const int More = 5;
        var log = new SimulatorLog();
        for (int place = 0; place < SimulatorLog.MostRequests + More; place++)
        {
            log.Add(new FlexLmSimulatorRequest("demo", "Hello", place.ToString(CultureInfo.InvariantCulture)));
            log.AddConnection(place % 2 == 0 ? "demo" : "DEMO");
        }

        Assert.Equal(SimulatorLog.MostRequests, log.Requests.Count);
        Assert.Equal(More.ToString(CultureInfo.InvariantCulture), log.Requests[0].Detail);
        Assert.Equal(SimulatorLog.MostRequests + More, log.ConnectionCount);
        Assert.Equal(SimulatorLog.MostRequests + More, log.ConnectionCountOf("Demo"));
        Assert.Equal(0, log.ConnectionCountOf("other"));
    }
}
