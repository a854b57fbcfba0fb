using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>The counts at the head of the page.</summary>
internal sealed class ReportSummary
{
    private readonly List<FeatureEntry> full = [];
    private readonly List<FeatureEntry> incomplete = [];
    private readonly List<ServerGroup> old = [];

    public ReportSummary(ReportModel model)
    {
        foreach (ServerGroup server in model.Servers)
        {
            Count(server);
            if (server.Age is not null)
            {
                old.Add(server);
            }
        }

        foreach (FeatureEntry entry in model.Features)
        {
            if (entry.IsFull)
            {
                full.Add(entry);
            }

            if (!entry.IsComplete)
            {
                incomplete.Add(entry);
            }

            Expired += entry.Expiry == ExpiryBand.Expired ? 1 : 0;
            Soon += entry.Expiry == ExpiryBand.Soon ? 1 : 0;
        }

        full.Sort(FeatureEntry.ByUse);
    }

    public int Up { get; private set; }

    public int Degraded { get; private set; }

    public int Down { get; private set; }

    /// <summary>Servers with known features but without a status.</summary>
    public int NotAsked { get; private set; }

    public int Expired { get; }

    public int Soon { get; }

    public IReadOnlyList<FeatureEntry> Full => full;

    public IReadOnlyList<FeatureEntry> Incomplete => incomplete;

    /// <summary>Servers of which nothing newer than a day is known.</summary>
    public IReadOnlyList<ServerGroup> Old => old;

    private void Count(ServerGroup server)
    {
        switch (server.Status?.Status)
        {
            case FlexLmState.Up:
                Up++;
                break;
            case FlexLmState.Degraded:
                Degraded++;
                break;
            case FlexLmState.Down:
                Down++;
                break;
            default:
                NotAsked++;
                break;
        }
    }
}
