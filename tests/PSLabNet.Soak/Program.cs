using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using PSLabNet.Lab;
using PSLabNet.Soak;
using PSLabNet.Soak.Accounting;
using PSLabNet.Soak.Measuring;
using PSLabNet.Soak.Reporting;
using PSLabNet.Soak.World;

const int ShownFailures = 10;

var root = new RootCommand("Does for a given time what the cmdlets do, all at once, and settles accounts. Exit code 2 where there is no /proc.");
root.Runs<SoakOptions>(async (options, _) =>
{
    if (!Sample.IsPossible)
    {
        return Suite.Skip("Handles and threads are counted in /proc, which is not here: nothing was run.");
    }

    if (options.World is not null)
    {
        return await SimulatedWorld.RunAsync(options);
    }

    MarkedBlock? page = ReportPage.Find(options);
    using var run = new SoakRun(options);
    SoakResult result = await run.RunAsync();
    Print(result);
    if (page is not null)
    {
        ReportPage.Write(page, result);
    }

    var suite = new Suite("Soak");
    foreach (Verdict verdict in result.Verdicts.Concat(options.SelfTest ? await SelfTest.RunAsync(options) : []))
    {
        suite.Check(verdict.IsPassed, $"{verdict.Rule} ({verdict.Cases})", [.. verdict.Failures.Take(ShownFailures)]);
    }

    Console.WriteLine(FormattableString.Invariant($"Seed {options.Seed}."));
    return suite.Conclude();
});
return await root.RunAsync(args);

static void Print(SoakResult result)
{
    foreach (Growth growth in result.Growth)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"{growth.Limit.Name}: {growth.RestBefore:0} at rest after the warm-up, {growth.RestAfter:0} at the end; {growth.BusyLow:0} to {growth.BusyHigh:0} at work, drift {growth.Drift:0.0}"));
    }

    foreach ((string name, long count) in result.Operations.Counts.Concat(result.Faults.Counts.Select(fault => new KeyValuePair<string, long>("fault of " + fault.Key, fault.Value))))
    {
        Console.WriteLine(FormattableString.Invariant($"{name}: {count}"));
    }

    Console.WriteLine(FormattableString.Invariant(
        $"updates sent {result.UpdatesSent}, heard {result.UpdatesHeard}, taken {result.UpdatesTaken}; checkouts {result.Checkouts}, seen by no look {result.CheckoutsUnseen}"));
}
