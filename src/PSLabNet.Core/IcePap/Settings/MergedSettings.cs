using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.Logging;

namespace PSLabNet.IcePap.Settings;

/// <summary>Makes one request of all that name the same device, so that one row does not undo what another row did.</summary>
internal static class MergedSettings
{
    /// <summary>One request for each device, in the order of their first ones. Of two values for one setting, the later one counts.</summary>
    /// <param name="requests">The requests in their order.</param>
    /// <param name="log">Receives a warning where two requests contradict each other.</param>
    public static IReadOnlyList<(MacAddress Target, IcePapSettings Settings)> Of(IEnumerable<(MacAddress Target, IcePapSettings Settings)> requests, ILabLog log)
    {
        ArgumentNullException.ThrowIfNull(requests);

        return
        [
            .. requests.GroupBy(request => request.Target).Select(group =>
                (group.Key, group.Select(request => request.Settings).Aggregate((before, after) => Merge(group.Key, before, after, log)))),
        ];
    }

    private static IcePapSettings Merge(MacAddress target, IcePapSettings before, IcePapSettings after, ILabLog log)
    {
        // Netmask and prefix length are two forms of one setting: the later request's forms replace both.
        bool hasNetmask = after.Netmask is not null || after.PrefixLength is not null;
        Report(nameof(before.Hostname), before.Hostname, after.Hostname);
        Report(nameof(before.IPAddress), before.IPAddress, after.IPAddress);
        Report(nameof(before.Gateway), before.Gateway, after.Gateway);
        Report(nameof(before.Broadcast), before.Broadcast, after.Broadcast);
        return before with
        {
            Hostname = after.Hostname ?? before.Hostname,
            IPAddress = after.IPAddress ?? before.IPAddress,
            Netmask = hasNetmask ? after.Netmask : before.Netmask,
            PrefixLength = hasNetmask ? after.PrefixLength : before.PrefixLength,
            Gateway = after.Gateway ?? before.Gateway,
            Broadcast = after.Broadcast ?? before.Broadcast,
            AcceptsOwnBroadcast = before.AcceptsOwnBroadcast && after.AcceptsOwnBroadcast,
            AllowFullLengthHostname = before.AllowFullLengthHostname || after.AllowFullLengthHostname,
            Apply = before.Apply | after.Apply,
        };

        void Report(string setting, object? first, object? second)
        {
            if (first is not null && second is not null && !first.Equals(second))
            {
                log.Warning($"{target} is named twice, with {setting} {first} and {second}. The last one counts.");
            }
        }
    }
}
