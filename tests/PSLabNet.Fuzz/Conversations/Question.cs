using System;
using System.Collections.Generic;
using System.Threading;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Query.Diagnosis;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Logging;
using PSLabNet.Text;

namespace PSLabNet.Fuzz.Conversations;

/// <summary>Sends the requests of a script to a server, with the code that the cmdlets use, and checks the results.</summary>
internal static class Question
{
    /// <summary>Set in a request if lmgrd is asked ahead, as at the end of a slow line. It does not depend on the clock here.</summary>
    public const byte Far = 4;

    /// <summary>Set in a request if the server stays silent at the end instead of closing.</summary>
    public const byte Silent = 0x40;

    /// <summary>Set in a request if the server is diagnosed.</summary>
    public const byte Diagnosis = 0x80;

    private static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly FlexLmServerAddress Single = FlexLmServerAddress.Of(new FlexLmNode("127.0.0.1", 27000));
    private static readonly FlexLmServerAddress Triad = FlexLmServerAddress.Of(new FlexLmNode("127.0.0.1", 27000), new FlexLmNode("127.0.0.2", 27000), new FlexLmNode("lic3", null));

    // Created once: finding the client's identity takes longer than a whole conversation.
    private static readonly FlexLmQueryOptions Options = new()
    {
        Identity = new ClientIdentity { User = "alice", Host = "ws1", Display = ":0", ProcessId = "4242" },
        Now = () => Now,
    };

    public static void Ask(byte question, IFlexLmNetwork network, TimeSpan timeout, Outcome outcome)
    {
        var log = new CheckedLog();
        FlexLmQueryOptions options = Options with
        {
            Network = network,
            Log = log,
            Timeout = timeout,
            Window = (question & 8) == 0 ? 32 : 1,
            Known = new KnownDaemons(),
            Distant = (question & Far) == 0 ? TimeSpan.MaxValue : TimeSpan.Zero,
        };
        FlexLmServerAddress server = (question & 16) == 0 ? Single : Triad;
        FlexLmFeatureFilter filter = (question & 32) == 0 ? FlexLmFeatureFilter.All : new FlexLmFeatureFilter { Feature = name => name.Contains('1', StringComparison.Ordinal) };
        if ((question & Diagnosis) != 0)
        {
            var steps = new List<FlexLmDiagnosticStep>();
            ServerDiagnosis.RunAsync(server, options, new DiagnosisOptions { Feature = filter.Feature, User = "alice" }, steps.Add, CancellationToken.None).GetAwaiter().GetResult();
            Check(steps, outcome);
            log.ThrowIfBad();
            return;
        }

        switch (question & 3)
        {
            case 0:
                Check(new FlexLmClient(options).GetStatusAsync(server, filter, CancellationToken.None).GetAwaiter().GetResult(), outcome);
                break;
            case 1:
                FlexLmLicenseResult license = new FlexLmClient(options).GetLicenseAsync(server, CancellationToken.None).GetAwaiter().GetResult();
                Check(license, outcome);
                break;
            default:
                var features = new List<FlexLmFeature>();
                FlexLmFeatureResult result = new FlexLmClient(options).GetFeaturesAsync(server, filter, features.Add, CancellationToken.None).GetAwaiter().GetResult();
                FuzzViolation.Demand(result.FeatureCount == features.Count, "FeatureCount is not the number of features");
                Check(result.Server, outcome);
                Check(features, outcome);
                break;
        }

        log.ThrowIfBad();
    }

    private static void Check(List<FlexLmDiagnosticStep> steps, Outcome outcome)
    {
        outcome.IsValid |= steps.Exists(step => step is { Step: "Hello", State: FlexLmStepState.Passed });
        foreach (FlexLmDiagnosticStep step in steps)
        {
            Printable.Check(step.Subject, "subject of a step");
            Printable.Check(step.Message, "message of a step");
            Printable.Check(step.Cure, "cure of a step");
            FuzzViolation.Demand(step.Message.Length > 0, "a step without a message");
            FuzzViolation.Demand(step.State != FlexLmStepState.Failed || step.Cure.Length > 0, "a failed step without a cure");
            outcome.Add((int)step.State);
            outcome.AddShape(step.Step);
        }
    }

    private static void Check(FlexLmServerStatus status, Outcome outcome)
    {
        Printable.Check(status);
        outcome.IsValid |= status.Status == FlexLmState.Up;
        outcome.Add((int)status.Status);
        outcome.Add((int)status.Generation);
        Add(status.Error, outcome);
        foreach (FlexLmVendorStatus vendor in status.Vendors)
        {
            outcome.Add((int)vendor.Status);
            Add(vendor.Error, outcome);
        }

        foreach (string warning in status.Warnings)
        {
            outcome.AddShape(warning);
        }
    }

    private static void Check(List<FlexLmFeature> features, Outcome outcome)
    {
        outcome.AddSizes(features);
        foreach (FlexLmFeature feature in features)
        {
            Printable.Check(feature);
            Numbers.Check(feature);
            outcome.AddSizes(feature.Checkouts);
            outcome.AddSizes(feature.Reservations);
            outcome.AddSizes(feature.Pools);
            outcome.AddFlag(feature.IsComplete);
            Add(feature.Error, outcome);
            foreach (string warning in feature.Warnings)
            {
                outcome.AddShape(warning);
            }
        }
    }

    // The text is the server's own, unchanged, for callers who request it raw.
    private static void Check(FlexLmLicenseResult license, Outcome outcome)
    {
        outcome.IsValid = license.IsComplete;
        outcome.AddSize(license.Text.Length);
        outcome.AddSizes(license.Lines);
        outcome.AddSizes(license.Faults);
        outcome.AddFlag(license.IsComplete);
        Add(license.Error, outcome);
        Printable.Check(license.Warnings, "FlexLmLicenseResult.Warnings");
        foreach (FlexLmLicenseLine line in license.Lines)
        {
            Printable.Check(line);
        }
    }

    private static void Add(FlexLmError? error, Outcome outcome)
    {
        Printable.Check(error);
        outcome.Add(error?.Code ?? 0);
        outcome.AddShape(error?.Message);
    }

    /// <summary>Messages to users must also be safe to show. It is called from several threads.</summary>
    private sealed class CheckedLog : ILabLog
    {
        private FuzzViolation? first;

        public void Warning(string message) => Check(message, "a warning");

        public void Verbose(string message) => Check(message, "a verbose message");

        public void Bytes(string message, byte[] bytes) => Check(message, "a debug message");

        public void ThrowIfBad()
        {
            if (first is not null)
            {
                throw first;
            }
        }

        private void Check(string message, string what)
        {
            int bad = Printable.FirstBad(message);
            if (bad >= 0)
            {
                Interlocked.CompareExchange(ref first, new FuzzViolation("not printable: " + what, $"{what} holds U+{(int)message[bad]:X4}: {PrintableText.Escape(message)}"), null);
            }
        }
    }
}
