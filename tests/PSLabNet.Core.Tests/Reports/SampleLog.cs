using System;
using System.Collections.Generic;
using PSLabNet.FlexLm;

namespace PSLabNet.Tests.Reports;

/// <summary>A log of working days: people come in the morning, go in the evening, and are denied at noon.</summary>
internal static class SampleLog
{
    private static readonly (string Daemon, string Feature, int Issued, double Busy)[] Features =
    [
        ("MLM", "MATLAB", 50, .98), ("MLM", "SIMULINK", 20, .8), ("MLM", "Signal_Toolbox", 15, 1.1), ("MLM", "Statistics_Toolbox", 25, .4),
        ("ansyslmd", "anshpc", 128, .75), ("cdslmd", "Spectre_AMS_MMSIM_Lk", 30, .95),
    ];

    public static IEnumerable<FlexLmLogEvent> TwoWeeks(DateTimeOffset end)
    {
        var random = new Random(3);
        var held = new int[Features.Length];
        for (DateTimeOffset time = end.AddDays(-14); time < end; time += TimeSpan.FromMinutes(7))
        {
            double daylight = Math.Max(0, Math.Sin((time.Hour + (time.Minute / 60.0) - 6) / 14 * Math.PI));
            double busy = time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? .12 : daylight + .06;
            for (int at = 0; at < Features.Length; at++)
            {
                (string daemon, string feature, int issued, double most) = Features[at];
                int wanted = (int)(issued * most * busy * (.9 + (random.NextDouble() * .25)));
                FlexLmLogEvent item = new()
                {
                    Time = time,
                    IsDateKnown = true,
                    Daemon = daemon,
                    Feature = feature,
                    Source = daemon + ".log",
                    User = "user" + random.Next(40),
                    HostName = "ws" + random.Next(99),
                    Count = 1,
                };
                if (wanted > issued && random.Next(3) == 0)
                {
                    yield return new FlexLmLogEvent(item) { Kind = FlexLmLogKind.Denied, Reason = "Licensed number of users already reached.", ErrorNumber = -4 };
                }

                // Each returns what he has: who came last goes first.
                for (; held[at] < Math.Min(wanted, issued); held[at]++)
                {
                    yield return new FlexLmLogEvent(item) { Kind = FlexLmLogKind.Out, User = "user" + held[at], HostName = "ws" + held[at] };
                }

                while (held[at] > Math.Min(wanted, issued))
                {
                    held[at]--;
                    yield return new FlexLmLogEvent(item) { Kind = FlexLmLogKind.In, User = "user" + held[at], HostName = "ws" + held[at] };
                }
            }

            if (random.Next(400) == 0)
            {
                yield return new FlexLmLogEvent
                {
                    Time = time,
                    IsDateKnown = true,
                    Daemon = "MLM",
                    Source = "MLM.log",
                    Kind = FlexLmLogKind.Unsupported,
                    Feature = "Deep_Learning_Toolbox",
                    User = "rossi",
                    HostName = "ws012",
                    Reason = "License server system does not support this feature.",
                    ErrorNumber = -18,
                };
            }
        }
    }
}
