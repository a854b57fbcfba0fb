using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.Logging;

namespace PSLabNet.IcePap.Settings;

/// <summary>Merges all requests for the same device into one, so one row does not undo the changes of another.</summary>
internal static class MergedSettings
{
    /// <summary>
    /// Returns one request for each device, in the order of the first requests. If two requests set the same value, the
    /// later one counts.
    /// </summary>
    /// <param name="requests">The requests in their order.</param>
    /// <param name="log">Receives a warning if two requests contradict each other.</param>
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
        // Netmask and prefix length are two forms of one setting: the later request replaces both.
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
