using PSLabNet.FlexLm;
using PSLabNet.Fuzz.Engine;

namespace PSLabNet.Fuzz.Checks;

/// <summary>Checks that the numbers of a feature are possible.</summary>
internal static class Numbers
{
    public static void Check(FlexLmFeature feature)
    {
        FuzzViolation.Demand(feature.Issued is null or >= 0, "Issued is negative");
        FuzzViolation.Demand(feature.InUse is null or >= 0, "InUse is negative");
        FuzzViolation.Demand(feature.Reserved is null or >= 0, "Reserved is negative");
        FuzzViolation.Demand(feature.Available is null or >= 0, "Available is negative");
        FuzzViolation.Demand(feature.ReportedInUse is null or >= 0, "ReportedInUse is negative");
        FuzzViolation.Demand(feature.Queued is null or >= 0, "Queued is negative");
        foreach (FlexLmCheckout checkout in feature.Checkouts)
        {
            FuzzViolation.Demand(checkout.Count >= 0, "a checkout's Count is negative");
        }

        foreach (FlexLmPool pool in feature.Pools)
        {
            FuzzViolation.Demand(pool.Issued is null or >= 0 && pool.InUse is null or >= 0 && pool.Reserved is null or >= 0 && pool.Available is null or >= 0, "a number of a pool is negative");
        }
    }
}
