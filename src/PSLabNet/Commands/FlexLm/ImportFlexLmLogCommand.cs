using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Logs;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Import-FlexLmLog: reads the events of debug logs, or the sessions in them; logs of any size, even while they grow.</summary>
[Cmdlet(VerbsData.Import, "FlexLmLog", DefaultParameterSetName = EventSet)]
[OutputType(typeof(FlexLmLogEvent), ParameterSetName = [EventSet, FollowSet])]
[OutputType(typeof(FlexLmLogSession), ParameterSetName = [SessionSet])]
public sealed class ImportFlexLmLogCommand : LabCmdlet
{
    private const string EventSet = "Event";
    private const string SessionSet = "Session";
    private const string FollowSet = "Follow";

    private static readonly FlexLmLogKind[] Telling =
        [.. Enum.GetValues(typeof(FlexLmLogKind)).Cast<FlexLmLogKind>().Except([FlexLmLogKind.Other, FlexLmLogKind.Timestamp])];

    private readonly List<string> followed = [];
    private List<WildcardPattern> features = [];
    private List<WildcardPattern> users = [];

    /// <summary>The logs, with wildcards; they may be compressed with gzip.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [Alias("FullName", "PSPath")]
    public string[] Path { get; set; } = [];

    /// <summary>Kinds of events. Without it, all kinds but Other (lines that are not events) and Timestamp.</summary>
    [Parameter(ParameterSetName = EventSet)]
    [Parameter(ParameterSetName = FollowSet)]
    [ValidateNotNullOrEmpty]
    public FlexLmLogKind[] Kind { get; set; } = Telling;

    /// <summary>Names of features, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseFeatureCompleter))]
    public string[]? Feature { get; set; }

    /// <summary>Names of users, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseUserCompleter))]
    public string[]? User { get; set; }

    /// <summary>Only events at this time or later.</summary>
    [Parameter]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only events at this time or earlier.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>The day of the first line, if the log does not contain it.</summary>
    [Parameter]
    public DateTime? StartDate { get; set; }

    /// <summary>Only this number of events at the end; with -Wait, starts with this number of lines at the end.</summary>
    [Parameter(ParameterSetName = EventSet)]
    [Parameter(ParameterSetName = FollowSet)]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary>Continues with appended lines, also when the log is rotated, until Ctrl-C. Without -Tail, it starts with the whole log.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FollowSet)]
    public SwitchParameter Wait { get; set; }

    /// <summary>Matches OUT and IN events: sessions with user, feature, start and end.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SessionSet)]
    public SwitchParameter AsSession { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        features = FlexLmRequest.Patterns(Feature);
        users = FlexLmRequest.Patterns(User);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in this.ResolveFiles(Path))
        {
            if (Wait)
            {
                followed.Add(path);
                continue;
            }

            try
            {
                using var stream = new StoppableStream(path, RefreshProgress, StopToken);
                using IDisposable shown = ShowProgress(stream.Progress);
                Read(path, stream);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                WriteFailure(e, path);
            }
            catch (OperationCanceledException)
            {
                throw new PipelineStoppedException();
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (followed.Count > 0)
        {
            Pump(token => Task.WhenAll(followed.Select(path => FollowAsync(path, token))));
        }
    }

    private void Read(string path, Stream stream)
    {
        if (AsSession)
        {
            // Starts and ends of daemons close sessions, and have neither feature nor user: the sessions are filtered
            // afterwards.
            FlexLmLogOptions all = Options(path) with { Kinds = FlexLmLogSessionTracker.Kinds, Feature = null, User = null, After = null, Before = null, OnWarning = WriteWarning };
            foreach (FlexLmLogSession session in FlexLmLogSessionTracker.Track(FlexLmLogReader.Read(stream, all)).Where(IsWanted))
            {
                WriteObject(session);
            }

            return;
        }

        IEnumerable<FlexLmLogEvent> events = FlexLmLogReader.Read(stream, Options(path) with { OnWarning = WriteWarning });
        foreach (FlexLmLogEvent one in Tail is { } count ? Last(events, count) : events)
        {
            WriteObject(one);
        }
    }

    private async Task FollowAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await new FlexLmLogFollower(path, Options(path)) { Tail = Tail }.FollowAsync(one => PostInTurn(() => WriteObject(one), cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Post(() => WriteFailure(e, path));
        }
    }

    private FlexLmLogOptions Options(string path) => new()
    {
        Source = path,
        StartDate = StartDate,
        WrittenAt = new DateTimeOffset(File.GetLastWriteTimeUtc(path)),
        Kinds = Kind,
        Feature = features.Count == 0 ? null : name => NamePattern.Fits(features, name),
        User = users.Count == 0 ? null : name => NamePattern.Fits(users, name),
        After = After,
        Before = Before,
    };

    private bool IsWanted(FlexLmLogSession session) =>
        NamePattern.Fits(features, session.Feature)
        && NamePattern.Fits(users, session.User)
        && (After is null || session.End is null || session.End >= After)
        && (Before is null || session.Start is null || session.Start <= Before);

    private static Queue<FlexLmLogEvent> Last(IEnumerable<FlexLmLogEvent> events, int count)
    {
        var last = new Queue<FlexLmLogEvent>();
        foreach (FlexLmLogEvent one in events)
        {
            last.Enqueue(one);
            if (last.Count > count)
            {
                last.Dequeue();
            }
        }

        return last;
    }
}
