namespace PSLabNet.FlexLm.Usage;

/// <summary>What a table of rows is about, and where its numbers come from.</summary>
internal sealed record UsageSubject
{
    public string Server { get; init; } = string.Empty;

    public string Vendor { get; init; } = string.Empty;

    public string Feature { get; init; } = string.Empty;

    public string Source { get; init; } = string.Empty;

    /// <summary>Null if pools are not told apart.</summary>
    public string? Pool { get; init; }

    public UsageRecordKind Kind { get; init; }

    /// <summary>True if the record tells who waits in the queue.</summary>
    public bool HasQueue { get; init; }

    /// <summary>Samples that were left out, because later ones came before them.</summary>
    public int LateCount { get; init; }
}
