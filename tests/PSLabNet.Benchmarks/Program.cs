using System.Globalization;
using BenchmarkDotNet.Running;
using PSLabNet.Benchmarks.Discovery;
using PSLabNet.Benchmarks.Report;
using PSLabNet.Benchmarks.Short;

switch (args)
{
    // Everything, into docs/performance.md.
    case ["report"]:
        await ReportRun.RunAsync();
        return 0;

    // What CI checks.
    case ["short"]:
        return await new ShortRun().RunAsync();

    // What this program starts as processes of their own.
    case [DiscoveryProcess.Command, .. string[] arguments]:
        await DiscoveryProcess.RunAsync(arguments);
        return 0;
    case ["simulate", string count]:
        Crowd.Simulate(int.Parse(count, CultureInfo.InvariantCulture));
        return 0;
    case ["answer", string count]:
        Crowd.Answer(int.Parse(count, CultureInfo.InvariantCulture));
        return 0;

    // BenchmarkDotNet with all that it can do; without arguments it asks what to run.
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
