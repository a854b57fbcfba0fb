using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Query.Status;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Features;

/// <summary>The fields of a usage frame, after its byte 01, that may hold its number of licenses.</summary>
internal enum CountField
{
    /// <summary>The four bytes before the time.</summary>
    BeforeTime,

    /// <summary>The four bytes that are otherwise the time.</summary>
    Time,

    /// <summary>The lower half of the number at the end.</summary>
    NumberLow,

    /// <summary>The upper half of the number at the end.</summary>
    NumberHigh,

    /// <summary>The number at the end.</summary>
    Number,
}

/// <summary>
/// Finds out which field is the number of licenses of a checkout, by the numbers in use that the daemon names: a field
/// that adds up to the number of every feature is it.
/// </summary>
internal static class CheckoutCounts
{
    private const int BitsOfHalf = 32;

    private static readonly CountField[] Fields = [CountField.BeforeTime, CountField.NumberLow, CountField.NumberHigh, CountField.Number, CountField.Time];

    /// <summary>What a field is called, for people.</summary>
    public static string Describe(CountField field) => field switch
    {
        CountField.BeforeTime => "the four bytes before the time",
        CountField.Time => "the four bytes of the time",
        CountField.NumberLow => "the lower half of the number at the end",
        CountField.NumberHigh => "the upper half of the number at the end",
        _ => "the number at the end",
    };

    /// <summary>True if the answer lists fewer entries than licenses are in use.</summary>
    public static bool IsNeeded(PendingStatus? status) =>
        status is { Status: { } reply, Usages.Count: > 0 } && status.UsageCount < reply.InUse && status.Usages.All(usage => usage.HasNumber);

    /// <summary>The field that explains every answer; null if none does, or several that say different things.</summary>
    public static CountField? Find(IEnumerable<PendingStatus> answers)
    {
        PendingStatus[] whole = [.. answers.Where(answer =>
            answer is { Status: not null, Error: null, UnreadUsages: 0 } && answer.Usages.Any(usage => usage.HasNumber && usage.Kind == UsageKind.Checkout))];
        if (!whole.Any(IsNeeded))
        {
            return null;
        }

        CountField[] found = [.. Fields.Where(field => whole.All(answer => Distribute(answer, field) is not null))];
        return found.Length > 0 && found.All(field => whole.All(answer => answer.Usages.All(usage => Read(usage, field) == Read(usage, found[0]))))
            ? found[0]
            : null;
    }

    /// <summary>How many licenses each entry holds by a field; null if that does not add up to the number in use.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="field">The field; null if none is known.</param>
    /// <param name="isProven">True if a reservation may hold several: a field that is only guessed must explain all that is in use.</param>
    public static int[]? Distribute(PendingStatus answer, CountField? field, bool isProven = true)
    {
        if (field is null || answer.UnreadUsages > 0)
        {
            return null;
        }

        int inUse = answer.Status!.InUse;
        long rest = inUse;
        int reservations = 0;
        var counts = new int[answer.Usages.Count];
        for (int index = 0; index < counts.Length; index++)
        {
            UsageReply usage = answer.Usages[index];
            ulong count = usage.Kind == UsageKind.Reservation ? 0 : Read(usage, field.Value);
            if (usage.Kind == UsageKind.Reservation)
            {
                reservations++;
            }
            else if (!usage.HasNumber || count < 1 || count > (ulong)inUse)
            {
                return null;
            }

            counts[index] = (int)count;
            rest -= (int)count;
        }

        // A reservation has no such field. One holds what is left; several must hold one each.
        bool isRight = isProven && reservations == 1 ? rest > 0 : rest == reservations;
        return isRight ? [.. counts.Select(count => count > 0 ? count : reservations == 1 ? (int)rest : 1)] : null;
    }

    private static ulong Read(UsageReply usage, CountField field) => field switch
    {
        CountField.BeforeTime => usage.Unknown,
        CountField.Time => usage.Since,
        CountField.NumberLow => unchecked((uint)usage.Number),
        CountField.NumberHigh => usage.Number >> BitsOfHalf,
        _ => usage.Number,
    };
}
