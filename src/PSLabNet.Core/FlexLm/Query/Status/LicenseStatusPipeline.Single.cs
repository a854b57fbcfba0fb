using System;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Status;

/// <content>One question at a time, on a new connection when the last one failed.</content>
internal sealed partial class LicenseStatusPipeline
{
    private async Task AskSingleAsync(PendingStatus question)
    {
        // A second time on a new connection, if the first one fails before the answer.
        for (int attempt = 0; attempt < 2 && !question.IsAnswered; attempt++)
        {
            try
            {
                if (!await ConnectAsync().ConfigureAwait(false))
                {
                    break;
                }

                await ExchangeAsync(question).ConfigureAwait(false);
                failuresInARow = 0;
            }
            catch (Exception exception) when (ExchangeFault.IsExpected(exception))
            {
                Fail(Explain(exception, question.Action));

                // A daemon that read a question and did not answer it would not answer it the second time either.
                if (question.Status is not null || exception is FlexLmErrorException { Error.Code: FlexLmErrorCode.NoResponse })
                {
                    Leave(question, lastFailure);
                }
            }
        }

        if (!question.IsAnswered)
        {
            Leave(question, lastFailure);
        }

        Hold([question]);
    }

    private async Task ExchangeAsync(PendingStatus question)
    {
        reader!.Expect(question);
        await client!.Connection.SendAsync([Encode(question)]).ConfigureAwait(false);
        while (!question.IsAnswered)
        {
            if (!await reader.ReadAsync(client.WaitFor(session.NeededAnswer())).ConfigureAwait(false))
            {
                // A late answer would be taken for the answer to the next question.
                throw new FlexLmErrorException(FlexLmErrorTable.Make(FlexLmErrorCode.NoResponse, question.Action));
            }

            if (reader.IsOutOfTurn)
            {
                throw new FlexLmProtocolException(FlexLmProtocolFault.UnexpectedType, "An answer came that was not asked for.");
            }
        }

        while (!question.IsMet)
        {
            // Frames that come later still belong to this answer: the next answer ends it.
            if (!await reader.ReadAsync(client.WaitFor(QueryLimits.UsageSilence)).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private async Task<bool> ConnectAsync()
    {
        if (client is not null)
        {
            return true;
        }

        if (failuresInARow >= 2 || reconnects >= QueryLimits.Reconnects || session.Token.IsCancellationRequested)
        {
            lastFailure ??= Explain(new OperationCanceledException(), "ask for the status of licenses");
            return false;
        }

        reconnects++;
        Use(await VendorClient.ConnectAsync(place, session).ConfigureAwait(false));
        return true;
    }
}
