using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Metrics;
using PSLabNet.FlexLm.Report.Data;
using PSLabNet.FlexLm.Report.Page;
using PSLabNet.FlexLm.Watching;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Logging;
using PSLabNet.Net;

namespace PSLabNet.Benchmarks.Growth;

/// <summary>Work on objects that were read.</summary>
internal static class ObjectCurves
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 30, 0, TimeSpan.FromHours(1));

    public static IEnumerable<GrowthCurve> All =>
    [
        new("Report as HTML", "features", 50, size => Report([.. Features(size, 10)])),
        new("Report as HTML, one feature", "checkouts", 500, size => Report([.. Features(1, size)])),
        new("Metrics", "features", 50, size => Metrics([.. Features(size, 10)])),
        new("Comparing two looks at one feature", "checkouts", 500, Watch),
        new("Telling devices apart", "answers", 1000, Census),
    ];

    private static GrowthWork Report(FlexLmFeature[] features) => GrowthWork.Of(() =>
    {
        var builder = new FlexLmReportBuilder();
        foreach (FlexLmFeature feature in features)
        {
            builder.Add(feature);
        }

        FlexLmReportWriter.Write(TextWriter.Null, builder.ToReport("Curve", Now));
    });

    private static GrowthWork Metrics(FlexLmFeature[] features) => GrowthWork.Of(() =>
    {
        var metrics = new FlexLmMetrics();
        foreach (FlexLmFeature feature in features)
        {
            metrics.Add(feature);
        }

        metrics.Write(TextWriter.Null);
    });

    // Between the queries, half of the users left and the same number arrived.
    private static GrowthWork Watch(int size)
    {
        FlexLmFeature feature = Features(1, size + (size / 2)).Single();
        FlexLmFeature before = new FlexLmFeature(feature) { Checkouts = [.. feature.Checkouts.Take(size)] };
        FlexLmFeature after = new FlexLmFeature(feature) { Checkouts = [.. feature.Checkouts.Skip(size / 2)] };
        var look = new FlexLmFeatureResult { Server = new FlexLmServerStatus { Server = "27000@lic1", Status = FlexLmState.Up } };
        return GrowthWork.Of(() =>
        {
            var watch = new FlexLmCheckoutWatch();
            watch.Compare(look, [before], Now);
            watch.Compare(look, [after], Now);
        });
    }

    // Each device answers twice, as it does if the request is repeated.
    private static GrowthWork Census(int size)
    {
        var local = new LocalInterface("lo", "lo", 1, IPAddress.Loopback, 8, [], null, true, true, true);
        var devices = new IcePapDevice[size];
        for (int index = 0; index < size; index++)
        {
            int number = index / 2;
            var address = new MacAddress([0, 0x0c, 0xc6, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
            var settings = new IcePapConfiguration
            {
                MacAddress = address,
                IPAddress = new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]),
                Hostname = "ice" + number.ToString(CultureInfo.InvariantCulture),
            };
            devices[index] = new IcePapDevice(address, settings, local, settings.IPAddress, TimeSpan.Zero, Now);
        }

        return GrowthWork.Of(() =>
        {
            var inventory = new DeviceInventory(LabLog.None);
            var loss = new IcePapLoss();
            loss.Ask();
            foreach (IcePapDevice device in devices)
            {
                loss.Answer(device.MacAddress);
                inventory.Add(device);
            }
        });
    }

    private static IEnumerable<FlexLmFeature> Features(int features, int checkouts) => Enumerable.Range(0, features).Select(feature => new FlexLmFeature
    {
        Server = "27000@lic1",
        Vendor = "vend",
        Name = "feature_" + feature.ToString(CultureInfo.InvariantCulture),
        Version = "1.0",
        Issued = checkouts * 2,
        InUse = checkouts,
        ReportedInUse = checkouts,
        Available = checkouts,
        IsComplete = true,
        CheckedAt = Now,
        Checkouts = [.. Enumerable.Range(0, checkouts).Select(checkout => Checkout(feature, checkout))],
    });

    private static FlexLmCheckout Checkout(int feature, int checkout) => new()
    {
        Server = "27000@lic1",
        Vendor = "vend",
        Feature = "feature_" + feature.ToString(CultureInfo.InvariantCulture),
        User = "user" + checkout.ToString(CultureInfo.InvariantCulture),
        HostName = "host" + (checkout / 3).ToString(CultureInfo.InvariantCulture),
        Handle = checkout.ToString(CultureInfo.InvariantCulture),
        Since = Now.AddMinutes(-checkout),
    };
}
