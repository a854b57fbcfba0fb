using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>What a diagnosis looks at beside the server itself.</summary>
internal sealed record DiagnosisOptions
{
    /// <summary>True for each feature whose use is asked for; null if no use is asked for.</summary>
    public Func<string, bool>? Feature { get; init; }

    /// <summary>Features named in full, each of which must be there.</summary>
    public IReadOnlyList<string> PlainFeatures { get; init; } = [];

    /// <summary>The user who wants the features; empty if none is named.</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>Options files of vendor daemons, each with its lines in order.</summary>
    public IReadOnlyList<IReadOnlyList<FlexLmOption>> OptionsFiles { get; init; } = [];

    /// <summary>Licenses that end within so many days are a warning.</summary>
    public int ExpiryDays { get; init; } = 30;

    /// <summary>True if other servers are asked too, which may have the features that this one lacks.</summary>
    public bool IsOneOfSeveral { get; init; }
}
