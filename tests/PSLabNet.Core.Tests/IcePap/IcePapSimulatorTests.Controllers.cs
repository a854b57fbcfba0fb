using System.Net;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Details;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.Logging;
using PSLabNet.Simulation.IcePap;
using Xunit;

namespace PSLabNet.Tests.IcePap;

/// <content>The controllers behind simulated devices, which answer over TCP.</content>
public sealed partial class IcePapSimulatorTests
{
    [Theory]
    [InlineData(SimulatedFirmware.Current, "3.23")]
    [InlineData(SimulatedFirmware.Firmware2007, "1.16")]
    public async Task A_controller_tells_its_firmware_racks_and_drivers(SimulatedFirmware firmware, string version)
    {
        using var simulator = Start(new IcePapSimulatorOptions { Firmware = firmware });
        IcePapDetails details = await AskAsync(simulator);
        Assert.Equal((version, 8), (details.Firmware, details.DriverCount));
        Assert.Equal([0], details.Racks);
        Assert.Matches("^0008\\.[0-9A-F]{4}\\.[0-9A-F]{4}$", details.SerialNumber);
    }

    [Fact]
    public async Task A_controller_follows_the_address_of_its_device_and_ends_with_it()
    {
        using var simulator = Start(new());
        using var controller = new Controller();
        IcePapDevice device = await controller.FindAsync(address);
        byte[] octets = device.IPAddress.GetAddressBytes();
        octets[3] ^= 1;
        octets[2] ^= 1;
        await controller.UpdateAsync(new IcePapSettings { IPAddress = new IPAddress(octets), PrefixLength = 16, Gateway = device.Gateway, Apply = IcePapApply.Dynamic }.PlanFor(device));
        Assert.NotNull((await AskAsync(simulator)).Firmware);
        Assert.Equal(IcePapDetails.None, await AskAsync(device.IPAddress));
        simulator.Dispose();
        Assert.Equal(IcePapDetails.None, await AskAsync(simulator));
    }

    [Fact]
    public async Task Without_a_port_no_controller_answers()
    {
        using var simulator = Start(new IcePapSimulatorOptions { ControllerPort = null });
        Assert.Equal(IcePapDetails.None, await AskAsync(simulator));
    }

    private static Task<IcePapDetails> AskAsync(IcePapSimulator simulator) => AskAsync(simulator.Devices[0].IPAddress);

    private static Task<IcePapDetails> AskAsync(IPAddress device) => ControllerQuery.AskAsync(
        new IPEndPoint(ControllerAddress.OnLoopback(device), ControllerProtocol.Port), Controller.Long, LabLog.None, TestContext.Current.CancellationToken);
}
