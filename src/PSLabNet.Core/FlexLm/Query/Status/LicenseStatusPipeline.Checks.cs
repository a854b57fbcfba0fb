using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;

namespace PSLabNet.FlexLm.Query.Status;

/// <content>Checks for which nothing but the check may be outstanding.</content>
internal sealed partial class LicenseStatusPipeline
{
    // Runs the checks that are due, when nothing else is outstanding.
    private async Task<string?> CheckAloneAsync(QuestionWindow ahead)
    {
        if (!IsDrained || companion is not null)
        {
            return null;
        }

        if (refused is { } question)
        {
            refused = null;
            if (await CheckRefusalAsync(question).ConfigureAwait(false) is { } trouble)
            {
                return trouble;
            }
        }

        if (probes.Count == 0)
        {
            return null;
        }

        // With the users of a license, an answer is one of a kind. Then the question can be asked again in the company of others.
        PendingStatus? chosen = changedCount > 0 ? null : probes.FirstOrDefault(probe => probe.IsExact && probe.UsageCount > 0);
        if (chosen is not null && ahead.SentCount < ahead.Count)
        {
            PendingStatus probe = Repeat(chosen);
            companion = (probe, chosen);
            Widen();
            await SendAsync(ahead, probe).ConfigureAwait(false);
            return null;
        }

        IReadOnlyList<PendingStatus> rest = probes;
        probes = [];
        return await ProveOrderAsync(rest, ahead.Recent(), changedCount).ConfigureAwait(false)
            ?? ResponseOrderCheck.FindTrouble(ahead.Recent());
    }

    // A status names no feature. A question that is asked again by itself shows whether the answers came in order. If somebody
    // took or returned licenses meanwhile, its answer is new and shows nothing. Then other questions are asked again, until more
    // answers are the same than new: one answer may be in its place by chance (in a reversed batch, the one in the middle).
    private async Task<string?> ProveOrderAsync(IReadOnlyList<PendingStatus> probes, IReadOnlyList<PendingStatus> batch, int changed)
    {
        int same = 0;
        foreach (PendingStatus chosen in probes.Take(QueryLimits.Probes - changed))
        {
            PendingStatus probe = Repeat(chosen);
            await SendAloneAsync(probe).ConfigureAwait(false);
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
    private async Task<string?> CheckRefusalAsync(PendingStatus refused)
    {
        PendingStatus probe = Repeat(refused);
        await SendAloneAsync(probe).ConfigureAwait(false);
        string? trouble = await ReadAnswersAsync().ConfigureAwait(false);
        isRefusalProven = trouble is null && probe.Status is null;
        return trouble ?? (isRefusalProven ? null : "it refuses requests that it answers by themselves");
    }

    // Asks for the names of the features: an answer of another type ends the frames of the status before it. Returns what went
    // wrong, or null.
    private async Task<string?> FenceAsync(TimeSpan limit)
    {
        reader!.ExpectNames();
        await client!.Connection.SendAsync([EncodeNames()]).ConfigureAwait(false);
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

    private static PendingStatus Repeat(PendingStatus question) => new(question.Request.Feature, question.Request.Signature, question.ExpectedTotal);

    private Task SendAloneAsync(PendingStatus probe)
    {
        reader!.Expect(probe);
        return client!.Connection.SendAsync([Encode(probe)]);
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
