using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Status;

/// <summary>
/// Asks a vendor daemon for the status of licenses. It pipelines requests, as many at a time as the window holds, as long as the
/// daemon can take them. After that it asks one at a time, on a new connection. Answers count only if every request that was
/// outstanding with theirs was answered and nothing shows that the order is wrong, so an answer is never taken for that of another
/// request.
/// </summary>
internal sealed partial class LicenseStatusPipeline : IDisposable
{
    private readonly VendorPlace place;
    private readonly ServerSession session;
    private readonly Action<PendingStatus> onDone;
    private readonly List<PendingStatus> held = [];
    private VendorClient? client;
    private StatusReader? reader;
    private FlexLmError? lastFailure;
    private int failuresInARow;
    private int reconnects;
    private bool isOrderProven;
    private bool isRefusalProven;

    public LicenseStatusPipeline(VendorClient client, ServerSession session, Action<PendingStatus> onDone)
    {
        this.session = session;
        this.onDone = onDone;
        place = client.Place;
        Use(client);
        int? known = session.Options.Known.FindWindow(client.Connection.Remote, place.Vendor);
        window = Math.Min(known ?? QueryLimits.FirstWindow, Math.Min(session.Options.Window, QueryLimits.Window));
        IsOneAtATime = window <= 1 || client.Generation == FlexLmGeneration.Old;
    }

    /// <summary>True if requests are no longer pipelined.</summary>
    public bool IsOneAtATime { get; private set; }

    /// <summary>The last failure of a connection that left a question without its whole answer; null if all have theirs.</summary>
    public FlexLmError? Failure { get; private set; }

    /// <summary>Names of the daemon's features; null if they are not known.</summary>
    public IReadOnlyList<string>? Names { get; private set; }

    public void Dispose() => client?.Dispose();

    /// <summary>Asks all questions. Each is done, in some order, with an answer or an error.</summary>
    public async Task AskAsync(PendingStatus[] questions)
    {
        int done = IsOneAtATime || client is null || questions.Length < 2 ? 0 : await AskAheadAsync(questions).ConfigureAwait(false);
        for (int index = done; index < questions.Length; index++)
        {
            await AskSingleAsync(questions[index]).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Asks for the names of the features, last of all. The answer also ends the frames of the last status, so there is no need
    /// to wait for a silence.
    /// </summary>
    public async Task FinishAsync()
    {
        if (client is not null && reader is not null && !session.Token.IsCancellationRequested && (Names is null || (reader.IsReading && held.Count > 0)))
        {
            try
            {
                string? trouble = await FenceAsync(QueryLimits.SingleAnswer).ConfigureAwait(false);
                string known = trouble ?? reader.NamesError?.Message ?? "answered";
                session.Options.Log.Verbose($"{PrintableText.Escape(place.Vendor)}, names of the features: {known}.");
            }
            catch (Exception exception) when (ExchangeFault.IsExpected(exception))
            {
                FlexLmError error = Explain(exception, "ask for the names of the features");
                session.Options.Log.Verbose($"{PrintableText.Escape(place.Vendor)}: {error}");
                CutOff(error);
            }
        }

        reader?.EndCurrent();
        Release(Held.All);
    }

    private enum Held
    {
        Ended,
        All,
    }

    private OutgoingMessage Encode(PendingStatus question) => new(
        client!.Generation == FlexLmGeneration.Old ? question.Request.EncodeOld() : question.Request.Encode(session.UnixTime),
        question.Action);

    private OutgoingMessage EncodeNames() => new(
        client!.Generation == FlexLmGeneration.Old ? VendorRequests.LegacyFeatures() : VendorRequests.Features(session.UnixTime),
        "ask for the names of the features");

    private void Use(VendorClient other)
    {
        client = other;
        reader = new StatusReader(other.Connection, session);
    }

    private void Fail(FlexLmError error)
    {
        lastFailure = error;
        failuresInARow++;
        CutOff(error);
        Drop();
    }

    // An answer that has all its frames is held until another answer ends it. If more frames come and then a failure, that answer
    // has failed, whatever was asked meanwhile.
    private void CutOff(FlexLmError error)
    {
        foreach (PendingStatus question in held.Where(question => question is { IsEnded: false, Status: { } status } && question.UsageCount > status.InUse))
        {
            Leave(question, error);
        }
    }

    private void Leave(PendingStatus question, FlexLmError? error)
    {
        question.Error ??= error;
        Failure = error;
    }

    private FlexLmError Explain(Exception exception, string action) =>
        new(session.Explain(exception, FlexLmErrorCode.CannotRead, action)) { IsOfConnection = true };

    private void Drop()
    {
        client?.Dispose();
        client = null;
        reader = null;
    }

    private void FailRest(PendingStatus[] questions, int first)
    {
        for (int index = first; index < questions.Length; index++)
        {
            // The answer whose frames were being read is cut off. The answers before it are whole.
            if (!questions[index].IsEnded && !questions[index].IsExact)
            {
                Leave(questions[index], lastFailure);
            }
        }

        Hold([.. questions.Skip(first)]);
        Release(Held.All);
    }

    // The last answer of a batch ends when the next answer begins.
    private void Hold(IReadOnlyList<PendingStatus> questions)
    {
        held.AddRange(questions);
        Release(Held.Ended);
    }

    private void Release(Held which)
    {
        bool IsReleased(PendingStatus question) => which == Held.All || question.IsEnded || question.Error is not null;
        List<PendingStatus> released = held.FindAll(IsReleased);
        held.RemoveAll(IsReleased);
        released.ForEach(onDone);
    }
}
