using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Status;

/// <summary>
/// Reads the answers to status requests in the order of the requests. A usage frame belongs to the status before it, whatever
/// number that announced. Only the next answer, of any kind, ends a status. So no frame is counted for another feature, even if
/// there are fewer or more frames than licenses in use.
/// </summary>
internal sealed class StatusReader
{
    private readonly FlexLmConnection connection;
    private readonly ServerSession session;
    private readonly Queue<PendingStatus> outstanding = new();
    private PendingStatus? current;

    public StatusReader(FlexLmConnection connection, ServerSession session)
    {
        this.connection = connection;
        this.session = session;
    }

    /// <summary>Status requests that have no answer yet.</summary>
    public int Outstanding => outstanding.Count;

    /// <summary>True if the request for the names of the features has no answer yet.</summary>
    public bool AwaitsNames { get; private set; }

    /// <summary>Names of the features; null before they are known.</summary>
    public IReadOnlyList<string>? Names { get; private set; }

    /// <summary>Why the names are not known; null if nothing failed.</summary>
    public FlexLmError? NamesError { get; private set; }

    /// <summary>True if the list of names was longer than what is taken. The rest of it comes next on the connection, which is of no more use.</summary>
    public bool HasUnreadText { get; private set; }

    /// <summary>True if the answers cannot be in the order of the requests.</summary>
    public bool IsOutOfTurn { get; private set; }

    /// <summary>True if the last answer has as many frames as it announced.</summary>
    public bool IsMet => current is null || current.IsMet;

    /// <summary>True if the next frames would belong to the last answer.</summary>
    public bool IsReading => current is not null;

    public void Expect(PendingStatus question) => outstanding.Enqueue(question);

    public void ExpectNames() => AwaitsNames = true;

    /// <summary>Reads one message.</summary>
    /// <returns>False if nothing came for as long as the limit.</returns>
    public async Task<bool> ReadAsync(TimeSpan silence)
    {
        FlexLmMessage? message = await connection.ReadAsync(silence).ConfigureAwait(false);
        if (message is null)
        {
            return false;
        }

        await TakeAsync(message).ConfigureAwait(false);
        return true;
    }

    /// <summary>Ends the last answer: no more frames belong to it.</summary>
    public void EndCurrent()
    {
        if (current is not null)
        {
            current.IsEnded = true;
            current = null;
        }
    }

    private async Task TakeAsync(FlexLmMessage message)
    {
        if (message.Is(FrameType.Usage) || (message.Is(LegacyKind.Numbers) && LegacyUsage.IsUsage(message.Old!, isStatusAwaited: outstanding.Count > 0)))
        {
            TakeUsage(message);
        }
        else if (message.Is(FrameType.LicenseStatus) || message.Is(LegacyKind.Numbers))
        {
            TakeStatus(message);
        }
        else if (message.Is(LegacyKind.Error))
        {
            TakeError(ErrorReply.Decode(message.Old!));
        }
        else if (message.Is(FrameType.Text))
        {
            var text = new ReceivedText(session.Text.MostBytes);
            text.Add(message);
            TakeText(text);
        }
        else if (message.Is(LegacyKind.Text))
        {
            var text = new ReceivedText(session.Text.MostBytes);
            text.Add(await LegacyText.ReadAsync(connection, message, session.Text.MostBytes).ConfigureAwait(false));
            TakeText(text);
        }
        else
        {
            throw Exchange.Unexpected(message, "ask for the status of licenses");
        }
    }

    private void TakeUsage(FlexLmMessage message)
    {
        if (current is null)
        {
            IsOutOfTurn = true;
            session.Options.Log.Verbose($"{connection.Remote} sends usage that belongs to no feature; it is left out.");
            return;
        }

        try
        {
            current.Add(message.Frame is { } frame ? UsageReply.Decode(frame) : LegacyUsage.Decode(message.Old!));
        }
        catch (FlexLmProtocolException exception) when (!exception.EndsConnection)
        {
            session.Options.Log.Verbose($"A usage frame of {current.ShownFeature} is not understood: {exception.Message}");
            current.AddUnread();
        }
    }

    private void TakeStatus(FlexLmMessage message)
    {
        EndCurrent();
        if (outstanding.Count == 0)
        {
            IsOutOfTurn = true;
            return;
        }

        PendingStatus question = outstanding.Dequeue();
        try
        {
            if (message.IsCut)
            {
                throw new FlexLmProtocolException(FlexLmProtocolFault.Truncated, "The daemon announces more of its answer than it sends.");
            }

            question.Answer(message.Frame is { } frame ? StatusReply.Decode(frame) : StatusReply.DecodeOld(message.Old!));
            current = question;
        }
        catch (FlexLmProtocolException exception) when (!exception.EndsConnection)
        {
            question.Error = FlexLmErrorTable.Make(FlexLmErrorCode.BadCommunication, question.Action, exception.Message);
        }
    }

    private void TakeError(int code)
    {
        EndCurrent();
        if (outstanding.Count > 0)
        {
            PendingStatus question = outstanding.Dequeue();
            question.Error = FlexLmErrorTable.MakeFromServer(code, question.Action);
            question.IsEnded = true;
        }
        else if (AwaitsNames)
        {
            AwaitsNames = false;
            NamesError = FlexLmErrorTable.MakeFromServer(code, "ask for the names of the features");
        }
        else
        {
            IsOutOfTurn = true;
        }
    }

    // The request for the names is the last one, so a request without an answer by then was answered in a wrong order. In the old
    // generation, other text may be usage in an unknown form.
    private void TakeText(ReceivedText text)
    {
        if (!AwaitsNames)
        {
            if (current is null)
            {
                IsOutOfTurn = true;
            }
            else
            {
                session.Options.Log.Verbose($"Text in the place of usage of {current.ShownFeature}: {PrintableText.Escape(text.First)}");
                current.AddUnread();
            }

            return;
        }

        EndCurrent();
        IsOutOfTurn |= outstanding.Count > 0;
        AwaitsNames = false;
        Names = text.WholeWords(session.Text.MostLines, out int leftOutCount);
        HasUnreadText = text.IsTooLong;
        if (text.IsTooLong)
        {
            session.Warn(session.Text.TooLong($"{connection.Remote}: the list of features is"));
        }
        else if (text.MayBeCut)
        {
            session.Warn($"{connection.Remote}: the list of features may be longer than what the vendor daemon sends.");
        }

        if (leftOutCount > 0)
        {
            session.Warn(TextLimits.TooMany($"{connection.Remote}: the vendor daemon names {Names.Count} features", leftOutCount));
        }
    }
}
