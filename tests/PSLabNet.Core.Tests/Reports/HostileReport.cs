using System;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Report.Data;

namespace PSLabNet.Tests.Reports;

/// <summary>A report in which every text is the same, so a harmful text is tried in every place.</summary>
internal static class HostileReport
{
    private static readonly DateTimeOffset Now = SampleReport.Now;

    public static FlexLmReport Of(string text)
    {
        var error = new FlexLmError { Code = -15, Name = text, Message = text, Action = text };
        var checkout = new FlexLmCheckout
        {
            Server = text,
            Vendor = text,
            Feature = text,
            Version = text + "1",
            User = text,
            HostName = text,
            Display = text + ":0",
            Count = 2,
            Since = Now,
            Handle = text,
        };
        var pool = new FlexLmPool { Name = text, Version = text, HostId = text, Expires = Now, LicenseType = FlexLmLicenseType.NodeLocked, Error = error };
        var feature = new FlexLmFeature
        {
            Server = text,
            Vendor = text,
            Name = text,
            Version = text,
            Issued = 10,
            InUse = 10,
            Reserved = 0,
            ReportedInUse = 10,
            LicenseType = FlexLmLicenseType.Floating,
            Expires = Now,
            Pools = [pool, new FlexLmPool(pool) { Error = null, IsComplete = true }],
            Checkouts = [checkout, new FlexLmCheckout(checkout) { Kind = FlexLmCheckoutKind.Queued }],
            Reservations = [new FlexLmCheckout(checkout) { Kind = FlexLmCheckoutKind.Reservation }],
            Error = error,
            Warnings = [text],
            CheckedAt = Now,
        };
        var vendor = new FlexLmVendorStatus { Name = text, HostName = text, Port = 1, Version = text, Error = error };
        var server = new FlexLmServerStatus
        {
            Server = text,
            HostName = text,
            Port = 1,
            Version = text,
            Daemon = text,
            LicenseFile = text,
            Error = error,
            Warnings = [text],
            Vendors = [vendor],
            CheckedAt = Now,
        };
        var item = new FlexLmLogEvent { Time = Now, Daemon = text, Feature = text, User = text, HostName = text, Reason = text, Source = text, Count = 1 };
        var builder = new FlexLmReportBuilder(_ => true);
        builder.Add(new FlexLmServerStatus(server) { Nodes = [server] });
        builder.Add(new FlexLmFeature(feature) { CheckedAt = Now.AddDays(-1) });
        builder.Add(feature);
        builder.Add(new FlexLmSample(feature) { Feature = text + "3", InUse = 1, Time = Now.AddMinutes(-20) });
        builder.Add(new FlexLmSample(feature) { Feature = text + "3", InUse = 2, Time = Now.AddMinutes(-10) });
        builder.Add(new FlexLmLogEvent(item) { Kind = FlexLmLogKind.Out });
        builder.Add(new FlexLmLogEvent(item) { Kind = FlexLmLogKind.In, Time = Now.AddHours(1) });
        builder.Add(new FlexLmLogEvent(item) { Kind = FlexLmLogKind.Denied, ErrorNumber = -4, Time = Now.AddHours(2) });
        builder.Add(new FlexLmSnapshot { Source = text, Features = [new FlexLmFeature(feature) { Pools = [], Server = text + "2", Error = null }], Unparsed = [new FlexLmUnparsedLine(1, text)], ReportedAt = Now });
        builder.AddGap(text);
        return builder.ToReport(text, Now);
    }
}
