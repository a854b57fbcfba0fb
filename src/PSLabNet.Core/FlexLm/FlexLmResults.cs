using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>The outcome of a query without the features, which were returned one by one.</summary>
internal sealed record FlexLmFeatureResult
{
    /// <summary>The server and the queried vendor daemons.</summary>
    public FlexLmServerStatus Server { get; init; } = new();

    /// <summary>Number of features returned.</summary>
    public int FeatureCount { get; init; }

    /// <summary>All failures of the server and its vendor daemons. Errors of single features are in the features.</summary>
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

    /// <summary>Copies another record, so that an initializer can change the copy.</summary>
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

    /// <summary>The text as it was received, not escaped.</summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>The lines.</summary>
    public IReadOnlyList<FlexLmLicenseLine> Lines { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmLicenseLine>.None;

    /// <summary>The lines that were not understood.</summary>
    public IReadOnlyList<FlexLmLicenseFault> Faults { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmLicenseFault>.None;

    /// <summary>True if the text is known to be complete.</summary>
    public bool IsComplete { get; internal init; }

    /// <summary>The failure; null if there was none.</summary>
    public FlexLmError? Error { get; internal init; }

    /// <summary>Warnings: something was odd, but the query went on.</summary>
    public IReadOnlyList<string> Warnings { get; internal init => field = value.ToIndexable(); } = ResultCollection<string>.None;
}
