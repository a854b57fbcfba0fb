using System;

namespace PSLabNet.FlexLm;

/// <summary>How a step of a diagnosis ended.</summary>
public enum FlexLmStepState
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>It works, but something is not as it should be.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Failed,

    /// <summary>It was not tried, or can't be known. The message says why.</summary>
    Skipped,
}

/// <summary>One step of the diagnosis of a license server. Text that could act on a terminal is escaped.</summary>
public sealed class FlexLmDiagnosticStep
{
    internal FlexLmDiagnosticStep(string server, string step, string subject)
    {
        Server = server;
        Step = step;
        Subject = subject;
    }

    /// <summary>The server, as the caller named it.</summary>
    public string Server { get; }

    /// <summary>Name of the step, for example <c>Connect</c>: always the same for the same question.</summary>
    public string Step { get; }

    /// <summary>The host, address, vendor daemon or feature that the step is about; empty if it is the server.</summary>
    public string Subject { get; }

    /// <summary>How it ended.</summary>
    public FlexLmStepState State { get; internal init; }

    /// <summary>The time that it took; zero if nothing had to be asked.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>What was found.</summary>
    public string Message { get; internal init; } = string.Empty;

    /// <summary>What to do about it; empty if there is nothing to do.</summary>
    public string Cure { get; internal init; } = string.Empty;

    /// <summary>The step in one line.</summary>
    /// <returns>For example <c>27000@lic1: Failed: Connect: 10.0.0.1:27000 refuses the connection.</c>.</returns>
    public override string ToString() => $"{Server}: {State}: {Step}: {Message}";
}
