using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Query.Diagnosis;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query.Diagnosis;

/// <summary>Diagnoses a server and keeps the steps.</summary>
internal sealed class Diagnosing
{
    private readonly List<FlexLmDiagnosticStep> steps = [];

    public IReadOnlyList<FlexLmDiagnosticStep> Steps => steps;

    public static async Task<Diagnosing> Server(string server, DiagnosisOptions? options = null, double seconds = 20, FlexLmQueryOptions? query = null)
    {
        var diagnosing = new Diagnosing();
        await ServerDiagnosis.RunAsync(
            Asking.Address(server), (query ?? new Asking().Options(seconds)) with { Timeout = TimeSpan.FromSeconds(seconds) },
            options ?? new DiagnosisOptions(), diagnosing.steps.Add, TestContext.Current.CancellationToken);
        return diagnosing;
    }

    public static async Task<Diagnosing> Fault(FlexLmSimulatorFault fault, FlexLmSimulatorTarget target = FlexLmSimulatorTarget.Manager, int nodes = 1, double seconds = 20)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = fault, FaultTarget = target, NodeCount = nodes });
        return await Server(simulator.Server, seconds: seconds);
    }

    public FlexLmDiagnosticStep Step(string name) => Assert.Single(steps, step => step.Step == name);

    /// <summary>The states of steps in order, as <c>Name: State</c>.</summary>
    public IEnumerable<string> NotPassed() => steps.Where(step => step.State != FlexLmStepState.Passed).Select(step => $"{step.Step}: {step.State}");
}
