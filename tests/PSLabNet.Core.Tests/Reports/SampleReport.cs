using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.Tests.Reports;

/// <summary>Reports to look at and to measure: a laboratory's licenses, and a much larger one. The same in every run.</summary>
internal static class SampleReport
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 30, 0, TimeSpan.FromHours(1));

    private static readonly string[] Users =
        ["alice", "bwagner", "chen.li", "dmitri", "e.fontaine", "fatima", "gupta", "hsmith", "ines.m", "jkowalski", "k.tanaka", "lmeyer", "nadia", "o.berg", "pratt", "qzhang", "rossi", "svensson", "tpark", "LAB\\beamline7"];

    /// <summary>Four servers, one of them down and one degraded, features in every state, two weeks of log.</summary>
    public static FlexLmReport Laboratory()
    {
        var builder = new FlexLmReportBuilder(name => name is "MATLAB" or "anshpc", TimeZoneInfo.CreateCustomTimeZone("lab", Now.Offset, "lab", "lab"));
        foreach (FlexLmServerStatus server in SampleServers.All(Now))
        {
            builder.Add(server);
        }

        var random = new Random(20);
        Feature("27000@lic1.lab.example", "MLM", "MATLAB", "49", 50, 44, 4, 41, reserved: 4);
        Feature("27000@lic1.lab.example", "MLM", "SIMULINK", "49", 20, 17, 4, 41);
        Feature("27000@lic1.lab.example", "MLM", "Signal_Toolbox", "49", 15, 15, 2, 41);
        Feature("27000@lic1.lab.example", "MLM", "Statistics_Toolbox", "49", 25, 9, 2, 41);
        Feature("27000@lic1.lab.example", "MLM", "Image_Toolbox", "49", 10, 6, 1, 12);
        Feature("27000@lic1.lab.example", "MLM", "Optimization_Toolbox", "49", 10, 3, 1, 12);
        Feature("27000@lic1.lab.example", "MLM", "Instr_Control_Toolbox", "49", 5, 0, 0, -9);
        Feature("1055@ansys.lab.example", "ansyslmd", "ansys", "2026.0331", 8, 7, 3, 131, queued: 2);
        Feature("1055@ansys.lab.example", "ansyslmd", "anshpc", "2026.0331", 128, 96, 8, 131);
        Feature("1055@ansys.lab.example", "ansyslmd", "cfd_base", "2026.0331", 4, 1, 1, 131);
        Feature("1055@ansys.lab.example", "ansyslmd", "electronics_desktop", "2026.0331", 6, 2, 1, 48, complete: false);
        Feature("5280@cds1,cds2,cds3", "cdslmd", "Virtuoso_Schematic_Editor_XL", "23.1", 12, 5, 1, 402);
        Feature("5280@cds1,cds2,cds3", "cdslmd", "Spectre_AMS_MMSIM_Lk", "23.1", 30, 28, 10, 402);
        Feature("5280@cds1,cds2,cds3", "cdslmd", "Genus_Synthesis", "23.1", 2, 0, 0, 402);
        Feature("5280@cds1,cds2,cds3", "cdslmd", "Layout_Viewer", "23.1", null, 3, 1, null);
        foreach (FlexLmLogEvent item in SampleLog.TwoWeeks(Now))
        {
            builder.Add(item);
        }

        return builder.ToReport("Laboratory licenses", Now);

        void Feature(string server, string vendor, string name, string version, int? issued, int inUse, int most, int? days, int reserved = 0, int? queued = null, bool complete = true)
        {
            FlexLmFeature feature = Of(random, server, vendor, name, version, issued, inUse, most, days, reserved);
            builder.Add(new FlexLmFeature(feature)
            {
                Queued = queued,
                Checkouts = [.. feature.Checkouts, .. Enumerable.Range(0, queued ?? 0).Select(at => new FlexLmCheckout(Checkout(random, feature, 1)) { Kind = FlexLmCheckoutKind.Queued, Since = null, Duration = null })],
                IsComplete = complete,
                Warnings = complete ? [] : ["The server reports 2 in use, of which the list of users accounts for 1."],
            });
        }
    }

    /// <summary>One server with the given numbers of features and checkouts.</summary>
    public static FlexLmReport Large(int features, int checkouts)
    {
        var random = new Random(7);
        string[] vendors = ["MLM", "ansyslmd", "cdslmd", "snpslmd", "lmtgrd"];
        var builder = new FlexLmReportBuilder();
        builder.Add(new FlexLmServerStatus
        {
            Server = "27000@lic.lab.example",
            HostName = "lic.lab.example",
            Port = 27000,
            Status = FlexLmState.Up,
            Version = "11.19",
            Daemon = "lmgrd",
            CheckedAt = Now,
            Vendors = [.. vendors.Select(name => new FlexLmVendorStatus { Name = name, Status = FlexLmState.Up, Version = "11.19", HostName = "lic.lab.example", Port = 40000 })],
        });
        int each = checkouts / Math.Max(1, features);
        for (int at = 0; at < features; at++)
        {
            string name = string.Format(CultureInfo.InvariantCulture, "Feature_{0:00000}", at);
            builder.Add(Of(random, "27000@lic.lab.example", vendors[at % vendors.Length], name, "2026.1", each + random.Next(1, 20), each, 1, random.Next(-20, 800), 0));
        }

        return builder.ToReport("Large site", Now);
    }

    private static FlexLmFeature Of(Random random, string server, string vendor, string name, string version, int? issued, int inUse, int most, int? days, int reserved)
    {
        var feature = new FlexLmFeature
        {
            Server = server,
            Vendor = vendor,
            Name = name,
            Version = version,
            Issued = issued,
            InUse = inUse,
            Reserved = reserved,
            ReportedInUse = inUse + reserved,
            Available = issued - inUse - reserved,
            Expires = days is int left ? Now.AddDays(left).Date : null,
            LicenseType = issued is null ? FlexLmLicenseType.UncountedNodeLocked : FlexLmLicenseType.Floating,
            IsComplete = true,
            CheckedAt = Now,
        };
        var checkouts = new List<FlexLmCheckout>();
        for (int rest = inUse; rest > 0;)
        {
            int count = Math.Min(rest, random.Next(1, Math.Max(1, most) + 1));
            checkouts.Add(Checkout(random, feature, count));
            rest -= count;
        }

        return new FlexLmFeature(feature)
        {
            Checkouts = checkouts,
            Reservations = reserved == 0 ? [] : [new FlexLmCheckout { Server = server, Vendor = vendor, Feature = name, User = "GROUP beamlines", Count = reserved, Kind = FlexLmCheckoutKind.Reservation }],
        };
    }

    private static FlexLmCheckout Checkout(Random random, FlexLmFeature feature, int count)
    {
        TimeSpan held = TimeSpan.FromMinutes(random.Next(3, random.Next(10) == 0 ? 20000 : 600));
        string host = string.Format(CultureInfo.InvariantCulture, "ws{0:000}", random.Next(1, 180));
        return new FlexLmCheckout
        {
            Server = feature.Server,
            Vendor = feature.Vendor,
            Feature = feature.Name,
            Version = feature.Version,
            User = Users[random.Next(Users.Length)],
            HostName = host,
            Display = random.Next(4) == 0 ? host + ":10.0" : host,
            Count = count,
            Since = Now - held,
            Duration = held,
        };
    }
}
