using System.Collections.Generic;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Servers;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;

namespace PSLabNet.Fuzz.Targets.FlexLm;

/// <summary>Lists of servers as in environment variables. Nothing is thrown; a node that was read can be written and read again.</summary>
internal sealed class ServerListTarget : FuzzTarget
{
    private static readonly FlexLmEnvironment Unix = new() { FileExists = _ => false, LicenseFilesIn = _ => [] };
    private static readonly FlexLmEnvironment Windows = Unix with { IsWindows = true };

    private readonly TextMutator mutator = new(Tokens.Servers) { Longest = 1024, LongWordOnceIn = 50_000 };

    public override string Name => "server-list";

    public override int Share => 200;

    public override long AllocationConstant => 64 * 1024;

    public override long AllocationPerByte => 1200;

    public override int LongestSeed => 256;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "27000@lic1", "27000@lic1;@lic2;lic3", "27000@lic1:27001@lic2", "1@a,2@b,3@c", "27000@[::1]", "::1", "@fe80::1", @"C:\lic\a.lic;27000@h", "/opt/lic/a.lic:/opt/lic/b.lic:27000@h", "\"27000@lic1\" ; ", @"\\server\share\a.lic",
            "27000@lic1.lab.example,27000@lic2.lab.example,27000@lic3.lab.example;1055@ansys",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public override byte[] Mutate(FuzzRandom random, SeedPool pool) => mutator.Mutate(random, pool);

    public override void Run(byte[] input, Outcome outcome)
    {
        string text = LooseText.Decode(input);
        FlexLmEnvironment environment = input.Length % 2 == 0 ? Unix : Windows;
        FlexLmServerListResult list = FlexLmServerList.Parse(text, environment);
        outcome.IsValid = list.Servers.Count > 0 && list.Faults.Count == 0;
        outcome.AddSizes(list.Servers);
        Printable.Check(list.Faults, "FlexLmServerListResult.Faults");
        foreach (string fault in list.Faults)
        {
            outcome.AddShape(fault);
        }

        // The whole list need not be read twice for each of a thousand servers.
        foreach (FlexLmServerAddress server in list.Servers.Take(8))
        {
            outcome.AddSizes(server.Nodes);
            foreach (FlexLmNode node in server.Nodes.Take(8))
            {
                Check(node, environment, outcome);
            }
        }
    }

    private static void Check(FlexLmNode node, FlexLmEnvironment environment, Outcome outcome)
    {
        FuzzViolation.Demand(node.Port is null or (> 0 and <= ushort.MaxValue), "a port is none");
        FuzzViolation.Demand(node.Host.Length > 0 && !node.Host.Any(char.IsWhiteSpace), "a host is none");
        outcome.AddFlag(node.Port is null);
        outcome.AddFlag(node.Host.Contains(':', System.StringComparison.Ordinal));

        // Quotes around an entry are removed.
        if (node.Host.Contains('"', System.StringComparison.Ordinal))
        {
            return;
        }

        FlexLmServerListResult again = FlexLmServerList.Parse(node.ToString(), environment);
        FuzzViolation.Demand(again.Servers.Count == 1 && again.Servers[0].Nodes.Count == 1 && again.Servers[0].Nodes[0] == node, "a node that is written reads as another");
    }
}
