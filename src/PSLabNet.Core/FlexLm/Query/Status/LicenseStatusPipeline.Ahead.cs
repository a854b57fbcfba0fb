using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Status;

/// <content>Pipelining: a window of requests that moves on with each answer.</content>
internal sealed partial class LicenseStatusPipeline
{
    // The daemon has answered a first flight. Until then, no other follows.
    private bool isOpen;
    private bool isSilent;
    private bool isNamesAsked;
    private int window;

    // The question that is asked again among others, with the answer that it should get.
    private (PendingStatus Probe, PendingStatus Chosen)? companion;
    private IReadOnlyList<PendingStatus> probes = [];
    private PendingStatus? refused;
    private int changedCount;

    private bool IsCheckDue => companion is not null || probes.Count > 0 || refused is not null;

    // True if all that was asked is answered, and nothing more belongs to the last answer as far as can be seen.
    private bool IsDrained => reader!.Outstanding == 0 && (isSilent || (!reader.AwaitsNames && reader.IsMet));

    // Returns the number of questions that are done. The others are to be asked one at a time.
    private async Task<int> AskAheadAsync(PendingStatus[] questions)
    {
        var ahead = new QuestionWindow(questions);
        string? trouble;
        try
        {
            trouble = await AskAheadAsync(ahead).ConfigureAwait(false);
        }
        catch (SocketException exception) when (!session.Token.IsCancellationRequested)
        {
            trouble = $"it closed the connection ({exception.SocketErrorCode})";
        }
        catch (Exception exception) when (exception is FlexLmProtocolException or OperationCanceledException)
        {
            // Pipelining is not the cause. What was answered in order stands, and the rest has failed.
            Fail(Explain(exception, $"read from the vendor daemon {PrintableText.Escape(place.Vendor)}"));
            FailRest(questions, ahead.DoneCount);
            return questions.Length;
        }

        if (trouble is not null)
        {
            session.Options.Log.Verbose(
                $"{PrintableText.Escape(place.Vendor)} can't take requests ahead: {trouble}. It is asked one at a time, on a new connection.");
            session.Options.Known.Note(client!.Connection.Remote, place.Vendor, 1);
            IsOneAtATime = true;
            Release(Held.All);
            Drop();
            ahead.Reset();
        }

        return ahead.DoneCount;
    }

    // Returns what shows that the daemon can't take pipelined requests; null if nothing does.
    private async Task<string?> AskAheadAsync(QuestionWindow ahead)
    {
        string? trouble = null;
        while (trouble is null && !ahead.IsDone)
        {
            if (!IsCheckDue && (isOpen || ahead.SentCount == 0))
            {
                await SendAsync(ahead, null).ConfigureAwait(false);
            }

            trouble = await ReadSomeAsync(ahead).ConfigureAwait(false) ?? Check(ahead) ?? await CheckAloneAsync(ahead).ConfigureAwait(false);
            if (trouble is null && IsDrained && ahead.SentCount == ahead.CheckedCount && !IsCheckDue)
            {
                trouble = await EndFlightAsync(ahead).ConfigureAwait(false);
            }
        }

        return trouble;
    }

    // Sends as many questions as the window has room for, and after the last of them the request for the names.
    private async Task SendAsync(QuestionWindow ahead, PendingStatus? probe)
    {
        int room = window - reader!.Outstanding - (probe is null ? 0 : 1);
        ArraySegment<PendingStatus> questions = ahead.Take(room);
        PendingStatus[] sent = probe is null ? [.. questions] : [probe, .. questions];
        bool isNamesNext = ahead.SentCount == ahead.Count && room > questions.Count && Names is null && !isNamesAsked;
        if (sent.Length == 0 && !isNamesNext)
        {
            return;
        }

        isSilent = false;
        Array.ForEach(sent, reader.Expect);
        if (isNamesNext)
        {
            isNamesAsked = true;
            reader.ExpectNames();
        }

        await client!.Connection.SendAsync([.. sent.Select(Encode), .. isNamesNext ? new[] { EncodeNames() } : []]).ConfigureAwait(false);
    }

    // Reads what has come, and if nothing can be sent meanwhile, all that is due.
    private async Task<string?> ReadSomeAsync(QuestionWindow ahead)
    {
        do
        {
            if (IsDrained)
            {
                return null;
            }

            // The frames of the last answer usually come with it. If there are fewer than announced, the next answer ends them.
            TimeSpan limit = reader!.Outstanding > 0 ? QueryLimits.LostRequest : reader.AwaitsNames ? QueryLimits.UsageSilence : QueryLimits.Burst;
            if (!await reader.ReadAsync(client!.WaitFor(limit)).ConfigureAwait(false))
            {
                isSilent = true;
                return reader.Outstanding > 0 ? FormattableString.Invariant($"{reader.Outstanding} requests got no answer") : null;
            }

            if (reader.IsOutOfTurn)
            {
                return "it answers out of turn";
            }
        }
        while (client!.Connection.HasMessage || !isOpen || (IsCheckDue && companion is null) || ahead.SentCount == ahead.Count);
        return null;
    }

    // Checks the groups whose answers are whole, and finds out which checks are due.
    private string? Check(QuestionWindow ahead)
    {
        while (ahead.TryEndGroup(IsDrained) is { } group)
        {
            if (ahead.FindTrouble() is { } trouble)
            {
                return trouble;
            }

            // A refusal of the very first request is not one of a request that was sent ahead.
            refused ??= isRefusalProven ? null : group.Skip(isOpen ? 0 : 1).FirstOrDefault(question => question.Status is null);
            if (!isOrderProven && companion is null && probes.Count == 0)
            {
                probes = ResponseOrderCheck.FindProbes(ahead.Recent());
            }

            if (!IsCheckDue)
            {
                Hold(ahead.Release(QuestionWindow.GroupsAtOnce - 1));
            }
        }

        return companion is var (probe, chosen) && probe.IsAnswered && (probe.IsEnded || probe.Status is null || IsDrained) ? Compare(probe, chosen, ahead) : null;
    }

    private string? Compare(PendingStatus probe, PendingStatus chosen, QuestionWindow ahead)
    {
        companion = null;
        string? trouble = ResponseOrderCheck.Compare(probe, chosen, ahead.Recent());
        if (trouble is null && ResponseOrderCheck.IsSame(probe, chosen))
        {
            isOrderProven = true;
            probes = [];
        }
        else
        {
            // Somebody may have taken a license. It is not said again among others.
            probes = [.. probes.Where(other => other != chosen)];
            changedCount++;
            trouble ??= probes.Count == 0 ? "its answers change too fast to tell their order" : null;
        }

        return trouble;
    }

    // All that was sent is answered and checked.
    private async Task<string?> EndFlightAsync(QuestionWindow ahead)
    {
        Widen();
        if (ahead.SentCount < ahead.Count)
        {
            return null;
        }

        // Only the end of the frames of the last status shows whether frames are missing.
        IReadOnlyList<PendingStatus> last = ahead.Recent();
        bool isOpenEnded = !last[last.Count - 1].IsEnded && last.Any(question => question.Status is not null && !question.IsExact);
        string? trouble = !isOpenEnded ? null
            : isSilent && reader!.AwaitsNames ? "the names of the features got no answer"
            : await FenceAsync(QueryLimits.LostRequest).ConfigureAwait(false);
        trouble ??= ResponseOrderCheck.FindTrouble(last);
        if (trouble is not null)
        {
            return trouble;
        }

        Names = reader!.Names ?? Names;
        session.Options.Known.Note(client!.Connection.Remote, place.Vendor, window);
        Hold(ahead.Release(0));
        if (reader.HasUnreadText)
        {
            // The rest of the names comes next on this connection.
            reader.EndCurrent();
            Release(Held.All);
            Drop();
        }

        return null;
    }

    private void Widen()
    {
        isOpen = true;
        window = Math.Min(window * 2, Math.Min(session.Options.Window, QueryLimits.Window));
    }
}
