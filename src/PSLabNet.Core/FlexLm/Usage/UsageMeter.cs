using System;
using System.Collections.Generic;
using System.Threading;
using PSLabNet.FlexLm.Usage.Logged;
using PSLabNet.FlexLm.Usage.Sampled;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.FlexLm.Usage;

/// <summary>
/// Measures use from log events and samples, as they arrive from a pipeline. Samples are added up and not kept. Of a log,
/// each checkout, wait and denial is kept in a few bytes, since medians and users need them. Not safe for several threads.
/// </summary>
internal sealed class UsageMeter
{
    private readonly UsageOptions options;
    private readonly LocalCalendar calendar;
    private readonly Parties parties;
    private readonly LoggedUse logged;
    private readonly SampledUse sampled;
    private readonly IssuedLicenses issued = new();

    public UsageMeter(UsageOptions options)
    {
        this.options = options;
        calendar = new LocalCalendar(options);
        parties = new Parties(options);
        logged = new LoggedUse(options, parties);
        sampled = new SampledUse(options, calendar, parties);
    }

    /// <summary>Adds a log event. Events of one source must be in the order of the log; sources may come in any order, and mixed.</summary>
    public void Add(FlexLmLogEvent item) => logged.Add(item);

    /// <summary>Adds a sample; samples of a feature are best in the order of time.</summary>
    public void Add(FlexLmSample sample) => sampled.Add(sample);

    /// <summary>Adds a feature, a sample that tells the users too.</summary>
    public void Add(FlexLmFeature feature) => sampled.Add(feature);

    /// <summary>Adds a license line, for the licenses issued in logs.</summary>
    public void Add(FlexLmLicenseLine line) => issued.Add(line);

    /// <summary>Ends the measurement. Nothing can be added afterwards.</summary>
    /// <param name="stop">Ends it early.</param>
    /// <returns>The use of the features, made while they are enumerated: logs first, then samples, each in the order of their first mention.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled, during the enumeration.</exception>
    public IEnumerable<MeasuredUse> Complete(CancellationToken stop = default)
    {
        var builder = new UsageBuilder(options, parties);
        var inLogs = new HashSet<(string Vendor, string Feature)>();
        foreach (DaemonRecord record in logged.Complete())
        {
            foreach ((string feature, List<UseInterval> intervals, List<DeniedRequest> denials) in record.Features)
            {
                inLogs.Add((record.Name, feature));
                var table = new TallyTable(options, calendar);
                new RecordSweep(options, table, parties, record.Spans, issued.Of(record.Name, feature, sampled), stop).Add(intervals, denials);
                var subject = new UsageSubject { Vendor = record.Name, Feature = feature, Source = record.Source, Kind = UsageRecordKind.Log, HasQueue = true };
                foreach (MeasuredUse use in builder.Build(subject, table))
                {
                    yield return use;
                }
            }
        }

        foreach (KeyValuePair<SampledKey, SampleHistory> entry in sampled.Histories)
        {
            stop.ThrowIfCancellationRequested();

            // A single sample beside a log is there for the licenses issued.
            if (entry.Value.Count == 1 && inLogs.Contains((entry.Key.Vendor, entry.Key.Feature)))
            {
                continue;
            }

            entry.Value.Complete();
            foreach (MeasuredUse use in builder.Build(SubjectOf(entry.Key, entry.Value), entry.Value.Table))
            {
                yield return use;
            }
        }
    }

    private UsageSubject SubjectOf(SampledKey key, SampleHistory history) => new()
    {
        Server = key.Server,
        Vendor = key.Vendor,
        Feature = key.Feature,
        Pool = options.Has(FlexLmUsageKey.Pool) ? key.Pool : null,
        Kind = history.HasParties ? UsageRecordKind.SamplesWithUsers : UsageRecordKind.Samples,
        HasQueue = history.HasQueue,
        LateCount = history.LateCount,
    };
}
