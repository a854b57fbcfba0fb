using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>The outcome of a query, beside the features, which were returned one by one.</summary>
internal sealed record FlexLmFeatureResult
{
    /// <summary>The server, and those of its vendor daemons that were asked.</summary>
    public FlexLmServerStatus Server { get; init; } = new();

    /// <summary>Number of features returned.</summary>
    public int FeatureCount { get; init; }

    /// <summary>Everything that failed: of the server, of its vendor daemons. Errors of single features stand in them.</summary>
    public IReadOnlyList<FlexLmError> Errors { get; init => field = value.ToIndexable(); } = ResultCollection<FlexLmError>.None;

    /// <summary>Warnings, including those of features: something was odd, but the query went on.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value.ToIndexable(); } = ResultCollection<string>.None;
}

/// <summary>The license file, as the server sends it.</summary>
public sealed class FlexLmLicenseResult
{
    internal FlexLmLicenseResult()
    {
    }

    /// <summary>Copies another record, for an initializer to change.</summary>
    internal FlexLmLicenseResult(FlexLmLicenseResult other)
    {
        Server = other.Server;
        Text = other.Text;
        Lines = other.Lines;
        Faults = other.Faults;
        IsComplete = other.IsComplete;
        Error = other.Error;
        Warnings = other.Warnings;
    }

    /// <summary>The server, as the caller named it.</summary>
    public string Server { get; internal init; } = string.Empty;

    /// <summary>The text as it came, not escaped.</summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>The lines.</summary>
    public IReadOnlyList<FlexLmLicenseLine> Lines { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmLicenseLine>.None;

    /// <summary>The lines that were not understood.</summary>
    public IReadOnlyList<FlexLmLicenseFault> Faults { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmLicenseFault>.None;

    /// <summary>True if the text is known to be complete.</summary>
    public bool IsComplete { get; internal init; }

    /// <summary>What failed; null if nothing did.</summary>
    public FlexLmError? Error { get; internal init; }

    /// <summary>Warnings: something was odd, but the query went on.</summary>
    public IReadOnlyList<string> Warnings { get; internal init => field = value.ToIndexable(); } = ResultCollection<string>.None;
}
