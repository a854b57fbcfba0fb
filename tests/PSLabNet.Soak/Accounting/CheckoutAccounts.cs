using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PSLabNet.Soak.Accounting;

/// <summary>
/// Compares the events of the checkout watch with the actions of the users. A query sees a checkout that is held from its
/// beginning to its end. A checkout that was made and returned between two queries, or while queries failed, is invisible.
/// </summary>
internal sealed class CheckoutAccounts
{
    private readonly Dictionary<string, Checkout> checkouts = [];
    private readonly Dictionary<string, List<Look>> looks = [];
    private readonly List<Event> events = [];

    public CheckoutAccounts(IEnumerable<string[]> client, IEnumerable<string[]> world)
    {
        foreach (string[] line in client)
        {
            if (line[0] == "L")
            {
                (looks.TryGetValue(line[3], out List<Look>? list) ? list : looks[line[3]] = [])
                    .Add(new Look(Journal.Time(line[1]), Journal.Time(line[2]), line[4] == "1", [.. line[5].Split(' ')]));
            }
            else if (line[0] == "E")
            {
                events.Add(new Event(Journal.Time(line[1]), line[2], line[3], line[4], line[5]));
            }
        }

        foreach (string[] line in world)
        {
            if (line[0] == "T" && looks.ContainsKey(line[3]))
            {
                checkouts.Add(line[5], new Checkout(line[5], line[3], line[4], Journal.Time(line[1]), Journal.Time(line[2])));
            }
            else if (line[0] == "R" && checkouts.TryGetValue(line[3], out Checkout? checkout))
            {
                checkout.ReturnBegan = Journal.Time(line[1]);
                checkout.ReturnEnded = Journal.Time(line[2]);
            }
        }
    }

    /// <summary>Number of checkouts on the watched servers.</summary>
    public long Count => checkouts.Count;

    /// <summary>Number of checkouts that no query could see from its beginning to its end, and that no event reported.</summary>
    public long Unseen { get; private set; }

    public IEnumerable<Verdict> Judge()
    {
        ILookup<string, Event> byUser = events.Where(one => one.User.Length > 0).ToLookup(one => one.User);
        var taken = new List<string>();
        var returned = new List<string>();
        foreach (Checkout checkout in checkouts.Values)
        {
            List<Look> own = looks[checkout.Server];
            Event[] takes = [.. byUser[checkout.User].Where(one => one.Kind == "Taken")];
            Event[] returns = [.. byUser[checkout.User].Where(one => one.Kind == "Returned")];
            long firstWhole = own.Find(look => look.IsWhole)?.Ended ?? long.MaxValue;
            bool isFirst = checkout.TakeBegan <= firstWhole;
            bool isSeen = own.Exists(look => look.Began >= checkout.TakeEnded && look.Ended <= checkout.ReturnBegan && look.Complete.Contains(checkout.Feature));
            bool isSeenGone = own.Exists(look => look.Began >= checkout.ReturnEnded && look.Complete.Contains(checkout.Feature));
            if (takes.Length > 1 || (takes.Length == 0 && isSeen && !isFirst))
            {
                taken.Add($"{checkout} was told {takes.Length} times as taken");
            }

            if (returns.Length > 1 || (returns.Length == 0 && takes.Length > 0 && isSeenGone) || (returns.Length > 0 && takes.Length == 0 && !isFirst))
            {
                returned.Add($"{checkout} was told {returns.Length} times as given back, {takes.Length} times as taken");
            }

            if (takes.Any(one => one.Time < checkout.TakeBegan || LookOf(own, one).Began > checkout.ReturnEnded))
            {
                taken.Add($"{checkout} was told as taken when it was not held");
            }

            if (returns.Any(one => one.Time < checkout.ReturnBegan))
            {
                returned.Add($"{checkout} was told as given back while it was held");
            }

            Unseen += takes.Length == 0 && !isSeen && !isFirst ? 1 : 0;
        }

        yield return new Verdict("Each checkout held during a complete poll is reported once as taken", checkouts.Count, taken);
        yield return new Verdict("Each checkout reported as taken is reported once as returned, and not too early", checkouts.Count, returned);
        yield return new Verdict(
            "The watch reports no user who does not exist",
            events.Count,
            [.. events.Where(one => one.User.Length > 0 && !checkouts.ContainsKey(one.User)).Select(one => $"{one.Kind} {one.User} of {one.Server}")]);
        yield return CheckOutages("server", "ServerDown", "ServerUp");
        yield return CheckOutages("vendor daemon", "VendorDown", "VendorUp");
    }

    private static Look LookOf(List<Look> looks, Event one) => looks.First(look => look.Ended == one.Time);

    private Verdict CheckOutages(string who, string down, string up)
    {
        var failures = new List<string>();
        List<Event> changes = [.. events.Where(one => one.Kind == down || one.Kind == up)];
        foreach (IGrouping<(string Server, string Vendor), Event> one in changes.GroupBy(one => (one.Server, one.Vendor)))
        {
            bool isDown = false;
            foreach (Event change in one)
            {
                if ((change.Kind == down) == isDown)
                {
                    failures.Add($"{change.Kind} of {one.Key.Vendor} {one.Key.Server} was told twice in a row");
                }

                isDown = change.Kind == down;
            }
        }

        return new Verdict($"Events for {who} down and {who} up alternate", changes.Count, failures);
    }

    private sealed record Look(long Began, long Ended, bool IsWhole, HashSet<string> Complete);

    private sealed record Event(long Time, string Kind, string Server, string Vendor, string User);

    private sealed class Checkout(string user, string server, string feature, long takeBegan, long takeEnded)
    {
        public string User => user;

        public string Server => server;

        public string Feature => feature;

        public long TakeBegan => takeBegan;

        public long TakeEnded => takeEnded;

        public long ReturnBegan { get; set; } = long.MaxValue;

        public long ReturnEnded { get; set; } = long.MaxValue;

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{user} of {feature} on {server}, held from {takeBegan} to {ReturnBegan},");
    }
}
