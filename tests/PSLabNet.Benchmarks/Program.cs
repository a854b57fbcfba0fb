using System.CommandLine;
using System.Linq;
using BenchmarkDotNet.Running;
using PSLabNet.Benchmarks.Discovery;
using PSLabNet.Benchmarks.Report;
using PSLabNet.Benchmarks.Short;
using PSLabNet.Lab;

var tables = new Argument<string[]>("tables") { Arity = ArgumentArity.ZeroOrMore, Description = "Which tables; all, if none is named." };
tables.AcceptOnlyFromAmong([.. ReportRun.Names]);
var report = new Command("report", "Measures and writes the figures into docs/performance.md.") { tables };
report.SetAction((parsed, _) => ReportRun.RunAsync(parsed.GetValue(tables) ?? []));
var check = new Command("short", "What CI checks.");
check.SetAction((_, _) => new ShortRun().RunAsync());
var root = new RootCommand("Without a command: BenchmarkDotNet with all its arguments, such as --filter '*Packet*'.") { report, check };
root.TreatUnmatchedTokensAsErrors = false;
root.SetAction(parsed => { BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. parsed.UnmatchedTokens]); });

// Commands of the separate processes that this program starts.
var numbers = new Argument<int[]>("numbers");
var discovery = new Command(DiscoveryProcess.Command) { numbers };
discovery.SetAction((parsed, _) => DiscoveryProcess.RunAsync(parsed.GetRequiredValue(numbers)[0], parsed.GetRequiredValue(numbers).Skip(1)));
var simulate = new Command("simulate") { numbers };
simulate.SetAction(parsed => Crowd.Simulate(parsed.GetRequiredValue(numbers)[0]));
var answer = new Command("answer") { numbers };
answer.SetAction(parsed => Crowd.Answer(parsed.GetRequiredValue(numbers)[0]));
foreach (Command inner in new[] { discovery, simulate, answer })
{
    inner.Hidden = true;
    root.Add(inner);
}

return await root.RunAsync(args);
