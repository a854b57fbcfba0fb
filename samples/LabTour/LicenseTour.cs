using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.Simulation;

namespace LabTour;

/// <summary>Asks a license server that it starts itself, in the server's own protocol.</summary>
internal static class LicenseTour
{
    private const string License = """
        SERVER this_host ANY
        VENDOR MLM
        INCREMENT MATLAB MLM 52 31-dec-2099 10 SIGN=1111111111
        INCREMENT Signal_Toolbox MLM 52 permanent 2 SIGN=2222222222
        """;

    public static async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { LicenseText = License });
        simulator.Checkout("MATLAB", "alice", "ws1", ":0", 1);
        simulator.Checkout("MATLAB", "bob", "ws2", ":0", 1);
        FlexLmServerAddress server = FlexLmServerList.Parse(simulator.Server, FlexLmEnvironment.Current).Servers.Single();
        int checkouts = 0;
        var client = new FlexLmClient();
        int features = 0;
        await foreach (FlexLmFeature feature in client.GetFeaturesAsync(server, cancellationToken: cancellationToken))
        {
            features++;
            Console.WriteLine($"  {feature}, expires {feature.Expires?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "never"}");
            foreach (FlexLmCheckout checkout in feature.Checkouts)
            {
                checkouts++;
                Console.WriteLine($"    {checkout.User} on {checkout.HostName} since {checkout.Since:HH:mm}");
            }
        }

        FlexLmServerStatus status = await client.GetStatusAsync(server, cancellationToken: cancellationToken);
        Console.WriteLine($"  {status}, {simulator.Connections} connections, {simulator.Requests.Count} requests");
        return features == 2 && checkouts == 2 && status.Status == FlexLmState.Up;
    }
}
