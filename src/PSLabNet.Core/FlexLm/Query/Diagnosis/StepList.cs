using System;
using System.Collections.Generic;
using System.Diagnostics;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>The names of the steps. Scripts select by them, so they are a contract.</summary>
internal static class StepNames
{
    public const string Source = "Source";
    public const string Name = "Name";
    public const string Connect = "Connect";
    public const string ReverseName = "ReverseName";
    public const string Hello = "Hello";
    public const string ServerName = "ServerName";
    public const string Triad = "Triad";
    public const string LicenseFile = "LicenseFile";
    public const string Clock = "Clock";
    public const string VendorPort = "VendorPort";
    public const string VendorConnect = "VendorConnect";
    public const string VendorHello = "VendorHello";
    public const string VendorVersion = "VendorVersion";
    public const string VendorClock = "VendorClock";
    public const string VendorFeatures = "VendorFeatures";
    public const string Expiry = "Expiry";
    public const string Start = "Start";
    public const string HostId = "HostId";
    public const string Feature = "Feature";
    public const string Reserved = "Reserved";
    public const string User = "User";
    public const string Options = "Options";
    public const string Queue = "Queue";
}

/// <summary>What was found in one step.</summary>
internal readonly record struct StepFinding(FlexLmStepState State, string Message, string Cure = "")
{
    public static StepFinding Passed(string message) => new(FlexLmStepState.Passed, message);

    public static StepFinding Skipped(string message, string cure = "") => new(FlexLmStepState.Skipped, message, cure);
}

/// <summary>The steps of one server, or of a part of it, each passed on as soon as it is known.</summary>
internal sealed class StepList(string server, Action<FlexLmDiagnosticStep> deliver)
{
    /// <summary>A list that is kept until <see cref="Release"/>, for parts that are asked at the same time and told in order.</summary>
    public static StepList Held(string server, out List<FlexLmDiagnosticStep> held)
    {
        var steps = new List<FlexLmDiagnosticStep>();
        held = steps;
        return new StepList(server, steps.Add);
    }

    public void Release(IEnumerable<FlexLmDiagnosticStep> held)
    {
        foreach (FlexLmDiagnosticStep step in held)
        {
            deliver(step);
        }
    }

    public void Add(string step, string subject, StepFinding finding, TimeSpan duration = default) =>
        deliver(new FlexLmDiagnosticStep(server, step, PrintableText.Escape(subject))
        {
            State = finding.State,
            Duration = duration,
            Message = PrintableText.Escape(finding.Message),
            Cure = PrintableText.Escape(finding.Cure),
        });

    public void Add(string step, string subject, StepFinding finding, Stopwatch clock) => Add(step, subject, finding, clock.Elapsed);

    /// <summary>Adds steps that were not tried, all for the same reason.</summary>
    public void Skip(string subject, string why, params string[] steps)
    {
        foreach (string step in steps)
        {
            Add(step, subject, StepFinding.Skipped(why));
        }
    }
}
