using System.CommandLine;
using System.Threading;
using PSLabNet.Lab;
using PSLabNet.Lab.Network;
using PSLabNet.Link.Discovery;
using PSLabNet.Link.Lab;

// Many laboratories in one process: none must wait for a thread of another.
ThreadPool.SetMinThreads(64, 64);
if (NetworkNamespace.WhyNot() is { } reason)
{
    return Suite.Skip($"Nothing was done: {reason}.");
}

var discovery = new Command("discovery", "Looks for devices over a link that loses frames, and prints how often all were found.");
discovery.Runs<DiscoveryOptions>(DiscoveryCommand.RunAsync);

var lab = new Command("lab", """
    Runs controllers and a license server behind the interface labLink of this namespace until the input ends. Lines of the
    input change the link: faults loss=30 duplicate=5 reorder=25 (percent) delay=50 jitter=20 (ms).
    """);
var name = new Argument<string>("name") { Description = "What the names of its namespaces begin with." };
lab.Add(name);
lab.Runs<LaboratoryOptions>((parsed, options, stop) => LabCommand.RunAsync(parsed.GetRequiredValue(name), options, stop));

var root = new RootCommand("A link with faults between network namespaces that this program makes. Needs Linux, root and iproute2; exit code 2 without.") { discovery, lab };
return await root.RunAsync(args);
