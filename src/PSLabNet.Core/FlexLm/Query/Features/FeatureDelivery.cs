using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Query.Status;

namespace PSLabNet.FlexLm.Query.Features;

/// <summary>
/// Delivers the features of one vendor daemon. A feature with checkouts of several licenses is held until all answers are
/// there, since only all of them show which field is the number of licenses.
/// </summary>
internal sealed class FeatureDelivery(string server, string shownVendor, ServerSession session, Action<FlexLmFeature> deliver)
{
    private readonly List<PendingFeature> held = [];
    private readonly FailedFeatures failed = new(server, shownVendor);
    private int leftOutCount;

    /// <summary>Delivers a feature whose pools are all known, now or with <see cref="DeliverHeld"/>.</summary>
    public void Deliver(PendingFeature feature)
    {
        if (feature.Pools.Exists(pool => CheckoutCounts.IsNeeded(pool.LastStatus)))
        {
            held.Add(feature);
        }
        else
        {
            Deliver(feature, null);
        }
    }

    /// <summary>Delivers the features that were held.</summary>
    /// <param name="all">All features of the daemon.</param>
    public void DeliverHeld(IEnumerable<PendingFeature> all)
    {
        if (held.Count == 0)
        {
            return;
        }

        CountField? field = CheckoutCounts.Find(all.SelectMany(feature => feature.Pools).Select(pool => pool.LastStatus).OfType<PendingStatus>());
        if (field is { } found)
        {
            session.Options.Log.Verbose(
                $"{shownVendor}: {CheckoutCounts.Describe(found)} in each checkout add up to the licenses in use of every feature and are taken for its number of licenses.");
        }

        held.ForEach(feature => Deliver(feature, field));
        held.Clear();
    }

    /// <summary>Delivers the features that the daemon names and the license lines do not.</summary>
    public void DeliverUnknown(IEnumerable<string> names, IEnumerable<PendingFeature> known)
    {
        var told = new HashSet<string>(known.Select(feature => feature.Name), StringComparer.OrdinalIgnoreCase);
        foreach (string name in names.Where(told.Add))
        {
            if (MayDeliver())
            {
                deliver(FeatureBuilder.BuildUnknown(name, server, shownVendor, session.CheckedAt));
            }
        }
    }

    /// <summary>Warns of features that the daemon does not tell about, and of those that were left out because the time is over.</summary>
    /// <param name="reported">An error of the daemon that the user sees anyway; null if there is none.</param>
    public void End(FlexLmError? reported)
    {
        if (failed.TakeWarning(reported) is { } failures)
        {
            session.Warn(failures);
        }

        if (leftOutCount > 0)
        {
            session.Warn(FormattableString.Invariant($"{server}, {shownVendor}: {leftOutCount} features are left out, because the time for the server is over."));
            leftOutCount = 0;
        }
    }

    // The last features of a server that names far too many would come long after its time.
    private bool MayDeliver()
    {
        bool isOver = session.EndToken.IsCancellationRequested;
        leftOutCount += isOver ? 1 : 0;
        return !isOver;
    }

    private void Deliver(PendingFeature feature, CountField? field)
    {
        if (!MayDeliver())
        {
            return;
        }

        PoolUsage[] usages = [.. SamePools.Merge(feature.Pools)
            .Select(pool => new PoolUsage(pool.Lines, pool.LastStatus, pool.Error, server, shownVendor, session.CheckedAt, field))];
        FlexLmPool[] pools = [.. usages.Select(usage => usage.ToPool())];
        string[] warnings = [.. usages.Select(usage => usage.Warning).OfType<string>()];
        foreach (string warning in warnings)
        {
            session.Warn(warning);
        }

        FlexLmFeature built = FeatureBuilder.Build(feature.Name, pools, warnings, server, shownVendor, session.CheckedAt);
        failed.Add(built);
        deliver(built);
    }
}
