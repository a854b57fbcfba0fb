using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.Soak;
using PSLabNet.Soak.Accounting;
using PSLabNet.Soak.Measuring;
using PSLabNet.Soak.Reporting;
using PSLabNet.Soak.World;

const int ShownFailures = 10;

SoakOptions options;
try
{
    options = SoakOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

if (!Sample.IsPossible)
{
    Console.WriteLine("Handles and threads are counted in /proc, which is not here: nothing was run.");
    return 2;
}

if (options.World is not null)
{
    return await SimulatedWorld.RunAsync(options);
}

using var run = new SoakRun(options);
SoakResult result = await run.RunAsync();
List<Verdict> verdicts = [.. result.Verdicts];
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
if (options.IsSelfTest)
{
    verdicts.AddRange(await SelfTest.RunAsync(options));
}

foreach (Verdict verdict in verdicts)
{
    Console.WriteLine(FormattableString.Invariant($"{(verdict.IsPassed ? "passed" : "FAILED")}: {verdict.Rule} ({verdict.Cases})"));
    foreach (string failure in verdict.Failures.Take(ShownFailures))
    {
        Console.WriteLine($"    {failure}");
    }
}

if (options.Report is not null)
{
    ReportPage.Write(options.Report, result);
}

int failed = verdicts.Count(verdict => !verdict.IsPassed);
if (failed > 0)
{
    Console.WriteLine(FormattableString.Invariant($"Seed {options.Seed}."));
}

Console.WriteLine(FormattableString.Invariant($"Soak: {verdicts.Count - failed} passed, {failed} failed"));
return failed == 0 ? 0 : 1;
