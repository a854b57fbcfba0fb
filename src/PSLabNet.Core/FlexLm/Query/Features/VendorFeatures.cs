using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Query.Status;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Features;

/// <summary>Asks one vendor daemon for the use of its features, and delivers each as soon as all its pools are known.</summary>
internal sealed class VendorFeatures
{
    // A daemon that knows none of the signatures is not asked for every way to write each of them.
    private const int MostRetries = 32;

    private readonly string server;
    private readonly string shownVendor;
    private readonly ServerSession session;
    private readonly FlexLmFeatureFilter filter;
    private readonly VendorLines lines;
    private readonly FeatureDelivery delivery;
    private readonly Dictionary<PendingStatus, PendingPool> byStatus = [];
    private readonly List<PendingPool> again = [];
    private List<PendingFeature> features = [];
    private int retries;

    public VendorFeatures(
        string vendor,
        string server,
        IEnumerable<FlexLmLicenseLine> lines,
        FlexLmFeatureFilter filter,
        ServerSession session,
        Action<FlexLmFeature> deliver)
    {
        this.server = server;
        shownVendor = PrintableText.Escape(vendor);
        this.filter = filter;
        this.session = session;
        this.lines = new VendorLines(vendor, server, lines, session);
        delivery = new FeatureDelivery(server, shownVendor, session, deliver);
    }

    /// <summary>Names of the daemon's features; null if they are not known.</summary>
    public IReadOnlyList<string>? Names { get; private set; }

    /// <summary>The daemon's license lines: those of the license file, and those that it has beside it.</summary>
    public IReadOnlyList<FlexLmLicenseLine> Lines => lines.All;

    /// <summary>Asks the daemon.</summary>
    /// <returns>How the daemon is. Never throws but for the caller's cancellation.</returns>
    public async Task<FlexLmVendorStatus> AskAsync(VendorPlace place)
    {
        FlexLmVendorStatus status = place.Describe();
        try
        {
            using IDisposable turn = await session.TakeVendorTurnAsync().ConfigureAwait(false);
            VendorClient client = await VendorClient.ConnectAsync(place, session).ConfigureAwait(false);
            status = client.Describe();
            return new FlexLmVendorStatus(status) { Error = await AskAsync(client).ConfigureAwait(false) };
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            FlexLmError error = session.Explain(exception, FlexLmErrorCode.VendorDown, $"ask the vendor daemon {shownVendor}");
            DeliverWithoutAnswer(error, reported: error);
            return new FlexLmVendorStatus(status) { Error = error };
        }
    }

    /// <summary>Asks a daemon that is connected, and closes the connection.</summary>
    /// <returns>The last failure of a connection that left a feature without its numbers; null if there was none.</returns>
    /// <exception cref="Exception">The connection failed before the first feature was asked for.</exception>
    public async Task<FlexLmError?> AskAsync(VendorClient connected)
    {
        VendorClient client = await lines.AddLicenseSetsAsync(connected).ConfigureAwait(false);
        FlexLmError? failure = await AskPoolsAsync(client).ConfigureAwait(false);
        delivery.End(failure);
        return failure;
    }

    /// <summary>Delivers what the license file says, for a daemon that can't be asked.</summary>
    /// <param name="error">Why it can't be asked.</param>
    /// <param name="reported">The same error if the status of the daemon shows it; otherwise null, and a warning tells it.</param>
    public void DeliverWithoutAnswer(FlexLmError error, FlexLmError? reported)
    {
        if (features.Count == 0 && !TryFindPools())
        {
            return;
        }

        foreach (PendingFeature feature in features)
        {
            foreach (PendingPool pool in feature.Pools.Where(pool => !pool.IsDone))
            {
                pool.Error ??= error;
                Done(pool);
            }
        }

        delivery.DeliverHeld(features);
        delivery.End(reported);
    }

    // Returns the last failure of a connection that left a feature without its numbers; null if there was none.
    private async Task<FlexLmError?> AskPoolsAsync(VendorClient client)
    {
        FindPools();
        using var asker = new LicenseStatusPipeline(client, session, OnDone);
        foreach (PendingPool pool in features.SelectMany(feature => feature.Pools).Where(pool => !pool.CanAsk).ToArray())
        {
            string action = PendingStatus.ActionFor(pool.Lines.Name);
            pool.Error = pool.HasSendableName
                ? FlexLmErrorTable.Make(FlexLmErrorCode.SignatureMissing, action, "(the license line has no signature to ask with)")
                : FlexLmErrorTable.Make(FlexLmErrorCode.BadCommunication, action, "(the name is longer than a request can be)");
            Done(pool);
        }

        List<PendingPool> toAsk = [.. features.SelectMany(feature => feature.Pools).Where(pool => pool.CanAsk)];
        while (toAsk.Count > 0)
        {
            PendingStatus[] questions = [.. toAsk.Select(Question)];
            await asker.AskAsync(questions).ConfigureAwait(false);
            toAsk = [.. again];
            again.Clear();
        }

        await asker.FinishAsync().ConfigureAwait(false);

        // One that was held back until the end may want another try, for which it is too late.
        foreach (PendingPool pool in again)
        {
            Done(pool);
        }

        delivery.DeliverHeld(features);

        Names = asker.Names;
        delivery.DeliverUnknown((asker.Names ?? []).Where(filter.WantsFeature), features);
        return asker.Failure;
    }

    private PendingStatus Question(PendingPool pool)
    {
        PendingStatus question = pool.NextStatus();
        byStatus[question] = pool;
        return question;
    }

    private void OnDone(PendingStatus question)
    {
        PendingPool pool = byStatus[question];

        // The server said that it knows no such license: perhaps by the signature of the pool's next line.
        bool isRefused = question is { Status: null, IsEnded: true, Error: not null };
        if (isRefused && pool.CanAsk && retries < MostRetries
            && question.Error!.Code is not (FlexLmErrorCode.UnknownMessage or FlexLmErrorCode.BadHandshake or FlexLmErrorCode.NotAdministrator))
        {
            retries++;
            again.Add(pool);
            return;
        }

        Done(pool);
    }

    // Returns false if the time is over before the pools are found.
    private bool TryFindPools()
    {
        try
        {
            FindPools();
            return true;
        }
        catch (OperationCanceledException)
        {
            session.ThrowIfCallerCancelled();
            session.Warn(FormattableString.Invariant($"{server}, {shownVendor}: {lines.All.Count} license lines are left out, because the time for the server is over."));
            return false;
        }
    }

    private void FindPools()
    {
        LicensePools pools = LicensePools.Find(lines.All, session.Text.Pools, session.EndToken);
        if (pools.LeftOutCount > 0)
        {
            session.Warn(TextLimits.TooMany($"{server}, {shownVendor}: the license lines make up more pools than are taken", pools.LeftOutCount));
        }

        var byName = new Dictionary<string, PendingFeature>(StringComparer.OrdinalIgnoreCase);
        features = [];
        foreach (LicensePool pool in pools.All.Where(pool => filter.WantsFeature(pool.Name)))
        {
            if (!byName.TryGetValue(pool.Name, out PendingFeature? feature))
            {
                feature = new PendingFeature(pool.Name);
                byName.Add(pool.Name, feature);
                features.Add(feature);
            }

            feature.Pools.Add(new PendingPool(pool, feature));
        }
    }

    private void Done(PendingPool pool)
    {
        pool.Feature.DoneCount += pool.IsDone ? 0 : 1;
        pool.IsDone = true;
        if (pool.Feature.DoneCount == pool.Feature.Pools.Count)
        {
            delivery.Deliver(pool.Feature);
        }
    }
}
