using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Query.Status;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Features;

/// <summary>
/// Makes a typed pool of its license lines and the answer to its status request. It is not known which field of a frame is
/// the number of its licenses; the number in use that the server names is the sum. The numbers follow from it where only
/// one distribution fits, or where <see cref="CountField"/> was found, and where none does, that is said.
/// </summary>
internal sealed class PoolUsage
{
    private const string HandleFormat = "0";

    // Texts of license lines are escaped when they are read, the vendor before it comes here: not again for each user.
    private readonly LicensePool lines;
    private readonly PendingStatus? question;
    private readonly string server;
    private readonly string vendor;
    private readonly DateTimeOffset now;
    private readonly CountField? countField;

    public PoolUsage(
        LicensePool lines, PendingStatus? question, FlexLmError? error, string server, string vendor, DateTimeOffset now, CountField? countField = null)
    {
        this.lines = lines;
        this.question = question;
        this.server = server;
        this.vendor = vendor;
        this.now = now;
        this.countField = countField;
        Error = question?.Error ?? (question?.Status is null ? error : null);
    }

    public FlexLmError? Error { get; }

    /// <summary>What a reader of the numbers must know; null if nothing.</summary>
    public string? Warning { get; private set; }

    public FlexLmPool ToPool()
    {
        DateTimeOffset? expires = lines.ExpiresAsOf(now);
        var pool = new FlexLmPool
        {
            Name = lines.Name,
            Version = lines.Version,
            Issued = lines.IsUncounted ? null : PoolTotals.ToCount(lines.Quantity),
            Expires = expires,
            DaysLeft = PoolTotals.DaysLeft(expires, now, TimeZoneInfo.Local),
            Starts = lines.Lines[0].Starts,
            LicenseType = lines.Type,
            HostId = lines.HostId,
            Lines = lines.Lines,
            Error = Error,
        };
        if (question?.Status is not { } status)
        {
            // An uncounted license needs no server: that the daemon knows nothing of it leaves nothing out.
            bool isServerAnswer = question is { Error.SocketError: null, IsEnded: true };
            return new FlexLmPool(pool) { IsComplete = lines.IsUncounted && isServerAnswer, Error = lines.IsUncounted && isServerAnswer ? null : Error };
        }

        int[] counts = Distribute(status.InUse, out bool isKnown);
        FlexLmCheckout[] all = [.. question.Usages.Select((usage, index) => ToCheckout(usage, counts[index]))];
        int? reserved = Reserved(all, status.InUse);
        return new FlexLmPool(pool)
        {
            Issued = lines.IsUncounted ? null : status.Total,
            ReportedInUse = status.InUse,
            InUse = status.InUse - reserved,
            Reserved = reserved,
            Available = lines.IsUncounted ? null : PoolTotals.Available(status.Total, status.InUse),
            ServerTime = ToTime(status.Time),
            Checkouts = [.. all.Where(entry => entry.Kind == FlexLmCheckoutKind.Checkout)],
            Reservations = [.. all.Where(entry => entry.Kind == FlexLmCheckoutKind.Reservation)],
            IsComplete = isKnown && Error is null,
        };
    }

    // How much of what is in use is set aside: certain where the entries account for all of it, or are all of one kind.
    private static int? Reserved(FlexLmCheckout[] all, int inUse)
    {
        int reserved = all.Where(entry => entry.Kind == FlexLmCheckoutKind.Reservation).Sum(entry => entry.Count);
        return reserved == 0 || all.Sum(entry => entry.Count) == inUse ? Math.Min(reserved, inUse)
            : Array.TrueForAll(all, entry => entry.Kind == FlexLmCheckoutKind.Reservation) ? inUse
            : null;
    }

    private static DateTimeOffset? ToTime(long seconds)
    {
        const long LastSecond = 253402300799;
        return seconds is > 0 and <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToLocalTime() : null;
    }

    private int[] Distribute(int inUse, out bool isKnown)
    {
        IReadOnlyList<UsageReply> usages = question!.Usages;
        int frames = question.UsageCount;
        int[] counts = [.. usages.Select(usage => usage.Count ?? 1)];
        int notUnderstood = question.UnreadUsages + usages.Count(usage => usage.IsPartial);
        if (notUnderstood > 0)
        {
            isKnown = false;
            Warning = Text($"{notUnderstood} of {frames} entries of its users are not understood");
            return counts;
        }

        if (CheckoutCounts.Distribute(question, countField) is { } found)
        {
            isKnown = true;
            return found;
        }

        isKnown = counts.Sum(count => (long)count) == inUse;
        if (isKnown)
        {
            return counts;
        }

        if (frames > inUse)
        {
            Warning = Text($"the server says that {inUse} licenses are in use, but lists {frames} entries");
            return counts;
        }

        string guess = "which of them holds several is not known";
        if (frames == 1)
        {
            counts[0] = inUse;
            guess = "it is taken to hold all of them";
        }
        else if (CheckoutCounts.Distribute(question, CountField.BeforeTime, isProven: false) is { } guessed)
        {
            counts = guessed;
            guess = "a field of no known meaning adds up to that number and is taken for the number of licenses of each";
        }

        Warning = Text($"the server says that {inUse} licenses are in use, but lists only {frames} of their entries; {guess}");
        return counts;
    }

    private string Text(FormattableString text) => $"{PrintableText.EscapeStart(lines.Name)}: {FormattableString.Invariant(text)}.";

    private FlexLmCheckout ToCheckout(UsageReply usage, int count)
    {
        var entry = new FlexLmCheckout
        {
            Server = server,
            Vendor = vendor,
            Feature = lines.Name,
            Version = usage.Version.Length > 0 ? PrintableText.Escape(usage.Version) : lines.Version,
            User = PrintableText.Escape(usage.User),
            HostName = PrintableText.Escape(usage.Host),
            Display = PrintableText.Escape(usage.Display),
            Count = count,
            Kind = usage.Kind == UsageKind.Reservation ? FlexLmCheckoutKind.Reservation : FlexLmCheckoutKind.Checkout,
        };
        if (usage.Kind == UsageKind.Reservation)
        {
            return new FlexLmCheckout(entry) { ReservedFor = "GROUP" };
        }

        DateTimeOffset? since = usage.Since < WireConstants.FirstTime ? null : ToTime(usage.Since);

        // The clock that set the start measures the duration too, where it is known.
        DateTimeOffset asked = ToTime(question!.Status!.Time) ?? now;
        return new FlexLmCheckout(entry)
        {
            Since = since,
            Duration = since is { } start && asked >= start ? asked - start : null,
            Handle = usage.HasNumber ? usage.Number.ToString(HandleFormat, CultureInfo.InvariantCulture) : string.Empty,
        };
    }
}
