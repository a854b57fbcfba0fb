using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>What there is to say of a server beside the features that were delivered one by one.</summary>
internal sealed record FlexLmFeatureResult
{
    /// <summary>The server, and those of its vendor daemons that were asked.</summary>
    public FlexLmServerStatus Server { get; init; } = new();

    /// <summary>Number of features that were delivered.</summary>
    public int FeatureCount { get; init; }

    /// <summary>Everything that failed: of the server, of its vendor daemons. Errors of single features stand in them.</summary>
    public IReadOnlyList<FlexLmError> Errors { get; init => field = value.ToIndexable(); } = [];

    /// <summary>What went on in spite of something odd, those of features too.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value.ToIndexable(); } = [];
}

/// <summary>The license file that a server says it has.</summary>
public sealed class FlexLmLicenseResult
{
    internal FlexLmLicenseResult()
    {
    }

    /// <summary>Copies another one, for an initializer to change.</summary>
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

    /// <summary>The server as it was asked for.</summary>
    public string Server { get; internal init; } = string.Empty;

    /// <summary>The text as it came, not escaped.</summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>The lines.</summary>
    public IReadOnlyList<FlexLmLicenseLine> Lines { get; internal init => field = value.ToIndexable(); } = [];

    /// <summary>The lines that were not understood.</summary>
    public IReadOnlyList<FlexLmLicenseFault> Faults { get; internal init => field = value.ToIndexable(); } = [];

    /// <summary>False if the end of the text is not known to be there.</summary>
    public bool IsComplete { get; internal init; }

    /// <summary>What failed; null if nothing did.</summary>
    public FlexLmError? Error { get; internal init; }

    /// <summary>What went on in spite of something odd.</summary>
    public IReadOnlyList<string> Warnings { get; internal init => field = value.ToIndexable(); } = [];
}
