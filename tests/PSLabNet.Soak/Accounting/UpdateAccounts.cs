using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Soak.Client;

namespace PSLabNet.Soak.Accounting;

/// <summary>Compares the client's reports about its updates with the packets on the wire and the actions of the devices.</summary>
internal sealed class UpdateAccounts
{
    private readonly List<Operation> operations = [];
    private readonly Dictionary<string, List<Sent>> sent = [];
    private readonly Dictionary<string, List<Heard>> heard = [];
    private readonly Dictionary<string, string> final = [];

    public UpdateAccounts(IEnumerable<string[]> client, IEnumerable<string[]> world)
    {
        foreach (string[] line in client)
        {
            switch (line[0])
            {
                case "O":
                    operations.Add(new Operation(Journal.Time(line[1]), Journal.Time(line[2]), line[3], (IcePapApply)Journal.Time(line[4]), line[5], line[6], line[7]));
                    break;
                case "S":
                    Of(sent, line[2]).Add(new Sent(Journal.Time(line[1]), line[2] + line[3] + line[4]));
                    break;
                case "Z":
                    final[line[1]] = line[2];
                    break;
                default:
                    break;
            }
        }

        foreach (string[] line in world.Where(line => line[0] == "U"))
        {
            Of(heard, line[2]).Add(new Heard(Journal.Time(line[1]), line[2] + line[3] + line[4], line[4], line[6] == "1", line[7], line[8], line[9]));
        }
    }

    public long SentCount => sent.Values.Sum(list => list.Count);

    public long HeardCount => heard.Values.Sum(list => list.Count);

    public long TakenCount => heard.Values.Sum(list => list.Count(update => update.IsTaken));

    public IEnumerable<Verdict> Judge()
    {
        yield return Check("Each update ends with success or with a typed error", operations, operation =>
            operation.Outcome.Length == 0 || operation.Outcome.StartsWith(Outcomes.Unexpected, StringComparison.Ordinal) ? "ended otherwise" : null);
        yield return Check("The device has the settings of each update that succeeded", operations.Where(operation => Outcomes.IsSuccess(operation.Outcome)), InDevice);
        yield return CheckTwice();
        yield return Check("Each update that failed failed for the reason in its error", operations.Where(operation => !Outcomes.IsSuccess(operation.Outcome)), ReasonFits);
        yield return CheckOrphans();
        yield return CheckFlash();
    }

    private static Verdict Check(string rule, IEnumerable<Operation> cases, Func<Operation, string?> fault)
    {
        List<Operation> all = [.. cases];
        return new Verdict(rule, all.Count, [.. all.Select(operation => (operation, fault(operation))).Where(pair => pair.Item2 is not null).Select(pair => $"{pair.operation}: {pair.Item2}")]);
    }

    private static List<T> Of<T>(Dictionary<string, List<T>> lists, string key)
    {
        if (!lists.TryGetValue(key, out List<T>? list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }

    private string? InDevice(Operation operation)
    {
        Heard? there = Of(heard, operation.Device).Find(update =>
            update.Time >= operation.Began && update.Time <= operation.Ended && update.IsTaken && update.Settings == operation.Settings);
        return there is null ? "the device never took it"
            : (operation.Apply & (IcePapApply.Dynamic | IcePapApply.Reboot)) == IcePapApply.Dynamic && there.Running != operation.Settings ? "the device did not run with it"
            : operation.Apply.HasFlag(IcePapApply.Flash) && there.Flash != operation.Settings ? "it was not in the flash"
            : null;
    }

    private string? ReasonFits(Operation operation)
    {
        int count = Of(sent, operation.Device).Count(packet => packet.Time >= operation.Began && packet.Time <= operation.Ended);
        return operation.Outcome switch
        {
            Outcomes.NotFound or Outcomes.Invalid or Outcomes.Nothing => count == 0 ? null : $"it was sent {count} times",
            Outcomes.NoAcknowledgement => count == IcePapSession.MaxUpdateAttempts ? null : $"it was sent {count} times",
            Outcomes.Rejected => Of(heard, operation.Device).Exists(update =>
                update.Time >= operation.Began && update.Time <= operation.Ended && !update.IsTaken && update.Code == operation.Code) ? null : "the device never said so",
            Outcomes.NotVerified or Outcomes.Told => count >= 1 ? null : "it was not sent",
            _ => null,
        };
    }

    // The same packet may arrive as often as it was sent, and no more often.
    private Verdict CheckTwice()
    {
        var failures = new List<string>();
        foreach ((string device, List<Heard> updates) in heard)
        {
            Dictionary<string, int> times = Of(sent, device).GroupBy(packet => packet.Packet).ToDictionary(group => group.Key, group => group.Count());
            failures.AddRange(updates.GroupBy(update => update.Packet)
                .Where(group => group.Count() > times.GetValueOrDefault(group.Key))
                .Select(group => $"{group.Key} reached its device {group.Count()} times and was sent {times.GetValueOrDefault(group.Key)} times"));
        }

        return new Verdict("No update reached a device more often than it was sent", HeardCount, failures);
    }

    private Verdict CheckOrphans()
    {
        var failures = new List<string>();
        foreach ((string device, List<Sent> packets) in sent)
        {
            List<Operation> own = [.. operations.Where(operation => operation.Device == device).OrderBy(operation => operation.Began)];
            int at = 0;
            foreach (Sent packet in packets.OrderBy(packet => packet.Time))
            {
                while (at < own.Count && own[at].Ended < packet.Time)
                {
                    at++;
                }

                if (at == own.Count || own[at].Began > packet.Time)
                {
                    failures.Add($"{packet.Packet} was sent while nobody updated that device");
                }
            }
        }

        return new Verdict("Nothing is sent outside of an update", SentCount, failures);
    }

    // At the end the devices were started from their flash and queried.
    private Verdict CheckFlash()
    {
        var failures = new List<string>();
        foreach ((string device, string settings) in final)
        {
            var possible = new List<string>();
            bool isKnown = false;
            foreach (Operation operation in operations.Where(operation => operation.Device == device && operation.Apply.HasFlag(IcePapApply.Flash)).OrderBy(operation => operation.Began))
            {
                if (Outcomes.IsSuccess(operation.Outcome))
                {
                    possible.Clear();
                    isKnown = true;
                }

                possible.Add(operation.Settings);
            }

            if (isKnown && !possible.Contains(settings))
            {
                failures.Add($"{device} starts with {settings}, expected {string.Join(" or ", possible)}");
            }

            if (Of(heard, device).LastOrDefault() is { } last && last.Flash != settings)
            {
                failures.Add($"{device} starts with {settings}, its flash had {last.Flash}");
            }
        }

        return new Verdict("After the last power cycle, each device has the last update that was written to its flash", final.Count, failures);
    }

    private sealed record Operation(long Began, long Ended, string Device, IcePapApply Apply, string Outcome, string Settings, string Code);

    private sealed record Sent(long Time, string Packet);

    private sealed record Heard(long Time, string Packet, string Settings, bool IsTaken, string Code, string Running, string Flash);
}
