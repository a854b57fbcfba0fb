using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using PSLabNet.Link.Faults;
using PSLabNet.Link.Namespaces;
using PSLabNet.Simulation.FlexLm;
using PSLabNet.Simulation.IcePap;

namespace PSLabNet.Link.Lab;

/// <summary>
/// Controllers and a license server behind a link, for a test in this program's namespace. The test sends lines that set the
/// faults of the link and request the counts.
/// </summary>
internal sealed class Laboratory : IDisposable
{
    // Properties keep their C# names: PowerShell reads the answers.
    private static readonly JsonSerializerOptions Json = new();

    private readonly Topology topology;
    private readonly IcePapSimulator controllers;
    private readonly FlexLmSimulator licenses;

    /// <summary>Builds the laboratory.</summary>
    /// <param name="name">Prefix of the namespaces' names.</param>
    /// <param name="options">The peers behind the link.</param>
    /// <exception cref="IOException">The laboratory cannot be built.</exception>
    public Laboratory(string name, LaboratoryOptions options)
    {
        topology = Topology.Create(name, isClientHere: true);
        try
        {
            string[] hostnames = [.. Enumerable.Range(1, options.Devices).Select(number => string.Create(CultureInfo.InvariantCulture, $"device-{number:000}"))];
            controllers = topology.AtDevices(() => IcePapSimulator.Start(
                SimulatedIcePapFactory.Create(options.Devices, [], hostnames, []), new IcePapSimulatorOptions { Interface = topology.Devices }));
            licenses = topology.AtDevices(() => FlexLmSimulator.Start(new FlexLmSimulatorOptions
            {
                Address = topology.Devices.Address,
                FeatureCount = options.Features,
                CheckoutCount = options.Checkouts,
            }));
        }
        catch
        {
            controllers?.Dispose();
            topology.Dispose();
            throw;
        }
    }

    /// <summary>The client's interface, the name of the license server, and the part of the system that does the work, between blanks.</summary>
    public override string ToString() => $"{Topology.ClientInterface} {licenses.Server} {topology.Link.Worker}";

    /// <summary>Executes a line.</summary>
    /// <param name="words">The words of the line.</param>
    /// <returns>The answer: <c>ok</c>, a value, or JSON.</returns>
    /// <exception cref="FormatException">The line is not understood.</exception>
    public string Do(string[] words)
    {
        switch (words)
        {
            case ["faults", "to-devices", .. var faults]:
                topology.Link.SetToDevices(LinkFaults.Parse(faults));
                return "ok";
            case ["faults", "to-client", .. var faults]:
                topology.Link.SetToClient(LinkFaults.Parse(faults));
                return "ok";
            case ["faults", .. var faults]:
                topology.Link.SetToDevices(LinkFaults.Parse(faults));
                topology.Link.SetToClient(LinkFaults.Parse(faults));
                return "ok";
            case ["seed", var seed]:
                topology.Link.Reseed(int.Parse(seed, CultureInfo.InvariantCulture));
                return "ok";
            case ["counters"]:
                return JsonSerializer.Serialize(new { ToDevices = topology.Link.CountToDevices(), ToClient = topology.Link.CountToClient() }, Json);
            case ["devices"]:
                return JsonSerializer.Serialize(controllers.Devices.Select(Describe), Json);
            case ["licenses"]:
                return JsonSerializer.Serialize(new { licenses.Server, licenses.Connections, Requests = licenses.Requests.Count, Failures = licenses.Failures.Select(failure => failure.ToString()) }, Json);
            case ["checkout", var feature, var user]:
                return licenses.Checkout(feature, user, "ws1", ":0", 1)?.ToString(CultureInfo.InvariantCulture) ?? "none";
            case ["return", var handle]:
                return licenses.Return(ulong.Parse(handle, CultureInfo.InvariantCulture)) ? "ok" : "none";
            default:
                throw new FormatException("One of: faults [to-devices|to-client] [loss= duplicate= reorder= delay= jitter=], seed <n>, counters, devices, licenses, checkout <feature> <user>, return <handle>.");
        }
    }

    public void Dispose()
    {
        licenses.Dispose();
        controllers.Dispose();
        topology.Dispose();
    }

    private static object Describe(SimulatedIcePap device) => new
    {
        device.Hostname,
        MacAddress = device.MacAddress.ToString(),
        IPAddress = device.IPAddress.ToString(),
        Gateway = device.Gateway.ToString(),
        device.RequestCount,
        device.UpdateCount,
        device.AcknowledgementCount,
        device.CrashCount,
    };
}
