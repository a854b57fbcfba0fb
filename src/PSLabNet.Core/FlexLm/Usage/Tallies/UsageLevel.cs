namespace PSLabNet.FlexLm.Usage.Tallies;

/// <summary>What was known of a feature at one time.</summary>
/// <param name="InUse">Licenses held by checkouts.</param>
/// <param name="Demand">Licenses in use, waited for in the queue, and denied.</param>
/// <param name="Reserved">Licenses that nobody else can have.</param>
/// <param name="Issued">Licenses issued; null if unknown.</param>
internal readonly record struct UsageLevel(int InUse, int Demand, int Reserved, int? Issued)
{
    /// <summary>True if no license was free; null if the number issued is unknown.</summary>
    public bool? IsAtLimit => Issued is { } issued ? (long)InUse + Reserved >= issued : null;
}
