namespace PSLabNet.FlexLm.Usage;

/// <summary>What a record of use is made of, and so which numbers it can carry.</summary>
internal enum UsageRecordKind
{
    /// <summary>Numbers at single times, without users.</summary>
    Samples,

    /// <summary>Numbers at single times, with the users.</summary>
    SamplesWithUsers,

    /// <summary>A debug log.</summary>
    Log,
}
