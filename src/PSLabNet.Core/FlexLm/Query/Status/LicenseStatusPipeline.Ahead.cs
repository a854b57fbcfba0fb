using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Status;

/// <content>Pipelining, in batches.</content>
internal sealed partial class LicenseStatusPipeline
{
    // Returns the number of questions that are done. The others are to be asked one at a time.
    private async Task<int> AskAheadAsync(IReadOnlyList<PendingStatus> questions)
    {
        int done = 0;
        while (done < questions.Count)
        {
            var batch = new PendingStatus[Math.Min(questions.Count - done, Math.Min(session.Options.Window, QueryLimits.Window))];
            for (int index = 0; index < batch.Length; index++)
            {
                batch[index] = questions[done + index];
            }

            string? trouble;
            try
            {
                trouble = await AskBatchAsync(batch).ConfigureAwait(false);
            }
            catch (SocketException exception) when (!session.Token.IsCancellationRequested)
            {
                trouble = $"it closed the connection ({exception.SocketErrorCode})";
            }
            catch (Exception exception) when (exception is FlexLmProtocolException or OperationCanceledException)
            {
                // Pipelining is not the cause. What was answered in order stands, and the rest has failed.
                Fail(session.Explain(exception, FlexLmErrorCode.CannotRead, $"read from the vendor daemon {PrintableText.Escape(place.Vendor)}"));
                FailRest(questions, done);
                return questions.Count;
            }

            if (trouble is not null)
            {
                session.Options.Log.Verbose(
                    $"{PrintableText.Escape(place.Vendor)} can't take requests ahead: {trouble}. It is asked one at a time, on a new connection.");
                IsOneAtATime = true;
                Release(Held.All);
                Drop();
                foreach (PendingStatus question in batch)
                {
                    question.Reset();
                }

                return done;
            }

            done += batch.Length;
            Hold(batch);
        }

        return done;
    }

    // Returns what shows that the daemon can't take pipelined requests; null if nothing does.
    private async Task<string?> AskBatchAsync(PendingStatus[] batch)
    {
        await SendAsync(batch).ConfigureAwait(false);
        string? trouble = await ReadAnswersAsync().ConfigureAwait(false)
            ?? ResponseOrderCheck.FindTrouble(batch)
            ?? await CheckRefusalAsync(batch).ConfigureAwait(false);
        if (trouble is not null)
        {
            return trouble;
        }

        IReadOnlyList<PendingStatus> probes = isOrderProven ? [] : ResponseOrderCheck.FindProbes(batch);
        if (probes.Count > 0)
        {
            trouble = await ProveOrderAsync(probes, batch).ConfigureAwait(false);
        }
        else if (batch.Any(question => question.Status is not null && !question.IsExact))
        {
            // Only the end of the frames of the last status shows whether frames are missing.
            trouble = await FenceAsync(QueryLimits.LostRequest).ConfigureAwait(false);
        }

        return trouble ?? ResponseOrderCheck.FindTrouble(batch);
    }

    // A status names no feature. A question that is asked again by itself shows whether the answers came in order. If somebody
    // took or returned licenses meanwhile, its answer is new and shows nothing. Then other questions are asked again, until more
    // answers are the same than new: one answer may be in its place by chance (in a reversed batch, the one in the middle).
    private async Task<string?> ProveOrderAsync(IReadOnlyList<PendingStatus> probes, PendingStatus[] batch)
    {
        int same = 0;
        int changed = 0;
        foreach (PendingStatus chosen in probes.Take(QueryLimits.Probes))
        {
            var probe = new PendingStatus(chosen.Request.Feature, chosen.Request.Signature, chosen.ExpectedTotal);
            await SendAsync([probe]).ConfigureAwait(false);
            string? trouble = await ReadAnswersAsync().ConfigureAwait(false)
                ?? (probe.IsMet ? null : await FenceAsync(QueryLimits.LostRequest).ConfigureAwait(false))
                ?? ResponseOrderCheck.Compare(probe, chosen, batch);
            if (trouble is not null)
            {
                return trouble;
            }

            _ = ResponseOrderCheck.IsSame(probe, chosen) ? same++ : changed++;
            if (same > changed)
            {
                isOrderProven = true;
                return null;
            }
        }

        return "its answers change too fast to tell their order";
    }

    // A daemon may refuse pipelined requests with an error. A refused question that is asked again by itself shows it.
    private async Task<string?> CheckRefusalAsync(PendingStatus[] batch)
    {
        PendingStatus? refused = batch.Skip(1).FirstOrDefault(question => question.Status is null);
        if (isRefusalProven || refused is null)
        {
            return null;
        }

        var probe = new PendingStatus(refused.Request.Feature, refused.Request.Signature, refused.ExpectedTotal);
        await SendAsync([probe]).ConfigureAwait(false);
        string? trouble = await ReadAnswersAsync().ConfigureAwait(false);
        isRefusalProven = trouble is null && probe.Status is null;
        return trouble ?? (isRefusalProven ? null : "it refuses requests that it answers by themselves");
    }

    // Asks for the names of the features: an answer of another type ends the frames of the status before it. Returns what went
    // wrong, or null.
    private async Task<string?> FenceAsync(TimeSpan limit)
    {
        reader!.ExpectNames();
        byte[] request = client!.Generation == FlexLmGeneration.Old ? VendorRequests.LegacyFeatures() : VendorRequests.Features(session.UnixTime);
        await client.Connection.SendAsync(request, "ask for the names of the features").ConfigureAwait(false);
        while (reader.AwaitsNames)
        {
            if (!await reader.ReadAsync(client.WaitFor(limit)).ConfigureAwait(false))
            {
                return "the names of the features got no answer";
            }
        }

        Names = reader.Names ?? Names;
        return reader.HasUnreadText ? "its list of features is longer than what is taken" : null;
    }

    private async Task SendAsync(PendingStatus[] batch)
    {
        foreach (PendingStatus question in batch)
        {
            reader!.Expect(question);
        }

        await client!.Connection.SendAsync([.. batch.Select(Encode)]).ConfigureAwait(false);
    }

    private async Task<string?> ReadAnswersAsync()
    {
        while (reader!.Outstanding > 0)
        {
            if (!await reader.ReadAsync(client!.WaitFor(QueryLimits.LostRequest)).ConfigureAwait(false))
            {
                return $"{reader.Outstanding} requests got no answer";
            }

            if (reader.IsOutOfTurn)
            {
                return "it answers out of turn";
            }
        }

        // The frames of the last answer usually come with it. If there are fewer than announced, the next answer ends them.
        while (!reader.IsMet && await reader.ReadAsync(client!.WaitFor(QueryLimits.Burst)).ConfigureAwait(false))
        {
            if (reader.IsOutOfTurn)
            {
                return "it answers out of turn";
            }
        }

        return null;
    }
}
