using System;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Servers;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Client;
using PSLabNet.Net;
using PSLabNet.Simulation.FlexLm;
using PSLabNet.Simulation.IcePap;

const string Usage = "Usage: CoreClient [port@host]. Lists IcePAP devices and the features of a license server; without an argument, simulated ones.";
if (args.Length > 1 || args is ["" or ['-', ..]])
{
    Console.Error.WriteLine(Usage);
    return 2;
}

// Without an argument: three devices and a license server in this process, on loopback only.
using IcePapSimulator? controllers = args.Length > 0 ? null : IcePapSimulator.Start(SimulatedIcePapFactory.Create(3));
using FlexLmSimulator? licenses = args.Length > 0 ? null : FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 3, CheckoutCount = 2 });
LocalInterface[]? interfaces = controllers is null ? null : [controllers.Interface];

try
{
    FlexLmServerAddress server = FlexLmServerList.ParseServer(licenses?.Server ?? args[0]);

    var icePap = new IcePapClient(interfaces); // null: every interface that is up
    await foreach (IcePapDevice device in icePap.DiscoverAsync())
    {
        Console.WriteLine($"{device.Hostname} ({device.MacAddress}) has the address {device.IPAddress}.");
    }

    var flexLm = new FlexLmClient();
    await foreach (FlexLmFeature feature in flexLm.GetFeaturesAsync(server))
    {
        string users = string.Join(", ", feature.Checkouts.Select(checkout => checkout.User));
        Console.WriteLine($"{feature.Name}: {feature.InUse} of {feature.Issued} in use ({users}).");
    }

    return 0;
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message} {Usage}");
    return 2;
}
catch (Exception e) when (e is IcePapNetworkException or FlexLmQueryException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
