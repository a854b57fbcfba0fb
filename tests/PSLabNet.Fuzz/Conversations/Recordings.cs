using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Fuzz.Mutation;
using PSLabNet.Simulation.FlexLm;

namespace PSLabNet.Fuzz.Conversations;

/// <summary>Conversations with simulated servers of both generations, with and without faults, as scripts. They are the same in every run.</summary>
internal static class Recordings
{
    private const string License = """
        SERVER this_host ANY
        VENDOR demo
        INCREMENT f1 demo 1.0 permanent 5 SIGN=1111111111
        INCREMENT f1 demo 2.0 31-dec-2030 3 VENDOR_STRING="a b" SIGN=2222222222
        INCREMENT f2 demo 1.0 permanent uncounted HOSTID=0123456789AB SIGN=3333333333
        PACKAGE suite demo 1.0 COMPONENTS="f1 f3" SIGN=4444444444
        INCREMENT suite demo 1.0 permanent 2 SIGN=5555555555
        INCREMENT f4 demo 1.0 permanent 4
        """;

    private static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly FlexLmSimulatorFault[] Faults =
    [
        FlexLmSimulatorFault.None, FlexLmSimulatorFault.FewerUsage, FlexLmSimulatorFault.MoreUsage, FlexLmSimulatorFault.HiddenVendor, FlexLmSimulatorFault.VendorDown,
        FlexLmSimulatorFault.WrongVendor, FlexLmSimulatorFault.UnknownHostNames, FlexLmSimulatorFault.CutLicense,
    ];

    private static readonly Lazy<IReadOnlyList<byte[]>> Recorded = new(() => [.. Record()]);

    /// <summary>The scripts, recorded at the first access.</summary>
    public static IReadOnlyList<byte[]> Scripts => Recorded.Value;

    private static IEnumerable<byte[]> Record()
    {
        foreach (FlexLmGeneration generation in new[] { FlexLmGeneration.New, FlexLmGeneration.Old })
        {
            foreach (FlexLmSimulatorFault fault in Faults)
            {
                var options = new FlexLmSimulatorOptions
                {
                    LicenseText = License,
                    CheckoutCount = 2,
                    ReservationCount = 1,
                    Generation = generation,
                    Fault = fault,
                    LicenseSets = new Dictionary<string, string> { ["demo"] = "INCREMENT f5 demo 1.0 permanent 2 SIGN=6666666666\n" },
                    ExtraFeatures = new Dictionary<string, IReadOnlyList<string>> { ["demo"] = ["f6"] },
                    Now = () => Now,
                };
                using FlexLmSimulator server = FlexLmSimulator.Start(options);
                for (byte question = 0; question < 3; question++)
                {
                    byte[] script = Record(question, server);
                    yield return script;

                    // The answers are the same, and so is their order.
                    byte[] far = [.. script];
                    far[0] |= Question.Far;
                    yield return far;
                }
            }
        }
    }

    private static byte[] Record(byte question, FlexLmSimulator server)
    {
        var network = new RecordingNetwork();
        FlexLmServerAddress address = FlexLmServerAddress.Of(new FlexLmNode("127.0.0.1", server.Port));
        var options = new FlexLmQueryOptions { Network = network, Now = () => Now };
        _ = question switch
        {
            0 => (object)new FlexLmClient(options).GetStatusAsync(address, FlexLmFeatureFilter.All, CancellationToken.None).GetAwaiter().GetResult(),
            1 => new FlexLmClient(options).GetLicenseAsync(address, CancellationToken.None).GetAwaiter().GetResult(),
            _ => new FlexLmClient(options).GetFeaturesAsync(address, FlexLmFeatureFilter.All, _ => { }, CancellationToken.None).GetAwaiter().GetResult(),
        };
        var buffer = new ByteBuffer();
        Script.Write(buffer, question, network.Received.SelectMany((bytes, connection) => Messages([.. bytes]).Select(message => (connection, new Reply(Arrival.AtOnce, message)))));
        return buffer.ToArray();
    }

    private static IEnumerable<byte[]> Messages(byte[] bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int length = FlexLmMessage.MeasureLength(bytes, at, bytes.Length - at);
            length = length == 0 ? bytes.Length - at : Math.Min(length, bytes.Length - at);
            byte[] message = bytes[at..(at + length)];
            at += length;
            yield return WithoutPort(message);
        }
    }

    // The system chose the port of the vendor daemon; the next time it chooses another.
    private static byte[] WithoutPort(byte[] message) =>
        message[0] == WireConstants.FrameMark && FlexLmFrame.Decode(message) is { Type: FrameType.VendorAddress } frame
            ? (VendorAddress.Decode(frame) with { Port = 27001 }).Encode(frame.Time)
            : message;
}
