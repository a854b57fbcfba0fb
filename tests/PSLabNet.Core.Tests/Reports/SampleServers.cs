using System;
using System.Collections.Generic;
using PSLabNet.FlexLm;

namespace PSLabNet.Tests.Reports;

/// <summary>License servers in every state: up, with a vendor daemon down, a triad with a node down, not answering.</summary>
internal static class SampleServers
{
    private static readonly FlexLmError NoConnection = new()
    {
        Code = -15,
        Name = "LM_CANTCONNECT",
        Message = "Cannot connect to license server system: connection refused.",
    };

    public static IReadOnlyList<FlexLmServerStatus> All(DateTimeOffset now) =>
    [
        new FlexLmServerStatus
        {
            Server = "27000@lic1.lab.example", HostName = "lic1.lab.example", Port = 27000, Status = FlexLmState.Up, Version = "11.19", Daemon = "lmgrd",
            IsMaster = true, LicenseFile = @"C:\Program Files\MATLAB\license.lic", ResponseTime = TimeSpan.FromMilliseconds(12), CheckedAt = now,
            Vendors = [Vendor("MLM", "lic1.lab.example", 43017)],
        },
        new FlexLmServerStatus
        {
            Server = "1055@ansys.lab.example", HostName = "ansys.lab.example", Port = 1055, Status = FlexLmState.Degraded, Version = "11.18", Daemon = "lmgrd",
            IsMaster = true, LicenseFile = "/opt/ansys/license_files/ansyslmd.lic", ResponseTime = TimeSpan.FromMilliseconds(31), CheckedAt = now,
            Vendors =
            [
                Vendor("ansyslmd", "ansys.lab.example", 38371),
                new FlexLmVendorStatus
                {
                    Name = "licmon", Status = FlexLmState.Down,
                    Error = new FlexLmError { Code = -97, Name = "LM_VENDOR_DOWN", Message = "The desired vendor daemon is down." },
                },
            ],
        },
        new FlexLmServerStatus
        {
            Server = "5280@cds1,cds2,cds3", HostName = "cds1.lab.example", Port = 5280, Status = FlexLmState.Degraded, Version = "11.17", Daemon = "lmgrd",
            IsMaster = true, LicenseFile = "/srv/cadence/license.dat", ResponseTime = TimeSpan.FromMilliseconds(9), CheckedAt = now,
            Vendors = [Vendor("cdslmd", "cds1.lab.example", 5281)],
            Nodes =
            [
                new FlexLmServerStatus { Server = "5280@cds1", HostName = "cds1", Status = FlexLmState.Up, IsMaster = true, Version = "11.17", CheckedAt = now },
                new FlexLmServerStatus { Server = "5280@cds2", HostName = "cds2", Status = FlexLmState.Up, Version = "11.17", CheckedAt = now },
                new FlexLmServerStatus { Server = "5280@cds3", HostName = "cds3", Status = FlexLmState.Down, Error = NoConnection, CheckedAt = now },
            ],
        },
        new FlexLmServerStatus
        {
            Server = "27000@old.lab.example", HostName = "old.lab.example", Port = 27000, Status = FlexLmState.Down, CheckedAt = now, Error = NoConnection,
        },
    ];

    private static FlexLmVendorStatus Vendor(string name, string host, int port) =>
        new() { Name = name, HostName = host, Port = port, Status = FlexLmState.Up, Version = "11.18" };
}
