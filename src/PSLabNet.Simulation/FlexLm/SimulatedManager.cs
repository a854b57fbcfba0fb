using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.Simulation.FlexLm;

/// <summary>A simulated lmgrd.</summary>
internal sealed class SimulatedManager : SimulatedDaemon
{
    /// <summary>The name that it reports for itself.</summary>
    public const string DaemonName = "lmgrd";

    private const byte Major = 11;
    private const byte NewMinor = 19;
    private const byte LegacyMinor = 6;
    private const string UnknownHost = "no-such-host.invalid";
    private const string Path = "/opt/licenses/license.dat";
    private const int Part = 60_000;

    private readonly string licenseText;
    private readonly IReadOnlyList<SimulatedVendor> vendors;
    private readonly string masterHost;

    public SimulatedManager(
        IPEndPoint endPoint,
        string licenseText,
        IReadOnlyList<SimulatedVendor> vendors,
        string masterHost,
        FlexLmSimulatorOptions options,
        SimulatorLog log)
        : base(DaemonName, endPoint, options, log, FlexLmSimulatorTarget.Manager)
    {
        this.licenseText = licenseText;
        this.vendors = vendors;
        this.masterHost = masterHost;
    }

    /// <summary>The answer to a hello, which is the same for all daemons of a server.</summary>
    public static HelloReply Hello(FlexLmSimulatorOptions options, IPEndPoint endPoint, string daemon)
    {
        string host = options.Fault == FlexLmSimulatorFault.UnknownHostNames ? UnknownHost : options.HostName ?? endPoint.Address.ToString();
        return new HelloReply(Major, options.Generation == FlexLmGeneration.Old ? LegacyMinor : NewMinor, host, daemon);
    }

    protected override IReadOnlyList<byte[]> Reply(FlexLmMessage request)
    {
        if (request.Is(LegacyKind.Hello))
        {
            string vendor = HelloRequest.Decode(request.Old!).Vendor;
            return [vendor.Length == 0 ? Encode(Own()) : Find(vendor)];
        }

        if (!request.Is(FrameType.ManagerCommand))
        {
            return [ErrorReply.Encode(FlexLmErrorCode.UnknownMessage)];
        }

        return ManagerCommand.Decode(request.Frame!).Command switch
        {
            ManagerCommand.LicenseFile => License(),
            ManagerCommand.Paths => Text(Path),
            ManagerCommand.Daemons => Text(Options.Fault == FlexLmSimulatorFault.HiddenVendor
                ? string.Empty
                : string.Join(" ", vendors.Select(vendor => vendor.Name))),
            _ => [ErrorReply.Encode(FlexLmErrorCode.UnknownMessage)],
        };
    }

    protected override string Describe(FlexLmMessage request)
    {
        if (request.Is(LegacyKind.Hello))
        {
            return HelloRequest.Decode(request.Old!).Vendor;
        }

        return request.Is(FrameType.ManagerCommand) ? ManagerCommand.Decode(request.Frame!).Command : string.Empty;
    }

    private HelloReply Own()
    {
        HelloReply hello = Hello(Options, EndPoint, DaemonName);
        return Options.NodeCount > 1 && Options.HostName is null && Options.Fault is not (FlexLmSimulatorFault.UnknownHostNames or FlexLmSimulatorFault.TwoMasters)
            ? hello with { HostName = masterHost }
            : hello;
    }

    private byte[] Find(string name)
    {
        SimulatedVendor? vendor = vendors.FirstOrDefault(vendor => string.Equals(vendor.Name, name, StringComparison.OrdinalIgnoreCase));
        bool isDown = Options.Fault == FlexLmSimulatorFault.VendorDown
            && (Options.FaultVendors.Count == 0 || Options.FaultVendors.Contains(name));
        if (vendor is null || isDown)
        {
            return ErrorReply.Encode(FlexLmErrorCode.VendorDown);
        }

        string host = Options.Fault == FlexLmSimulatorFault.UnknownHostNames
            ? UnknownHost
            : Options.VendorHostName ?? vendor.EndPoint.Address.ToString();
        return new VendorAddress(host, (uint)vendor.EndPoint.Port).Encode(UnixTime);
    }

    private IReadOnlyList<byte[]> License()
    {
        if (Options.Generation == FlexLmGeneration.Old || Options.Fault is not (FlexLmSimulatorFault.CutLicense or FlexLmSimulatorFault.LongLicense))
        {
            return Text(licenseText);
        }

        byte[] text = Utf8OrLatin1.Encode(licenseText);
        if (Options.Fault == FlexLmSimulatorFault.CutLicense)
        {
            return [TextReply.Encode(UnixTime, Slice(text, 0, Math.Min(TextReply.Capacity, text.Length)), TextReply.Capacity)];
        }

        // A server that knows neither long frames nor the flag fills frame after frame.
        var frames = new List<byte[]>();
        for (int at = 0; at < text.Length; at += Part)
        {
            byte[] part = Slice(text, at, Math.Min(Part, text.Length - at));
            frames.Add(TextReply.Encode(UnixTime, part, (uint)part.Length));
        }

        return frames;
    }

    private static byte[] Slice(byte[] bytes, int at, int count)
    {
        var part = new byte[count];
        Buffer.BlockCopy(bytes, at, part, 0, count);
        return part;
    }

    private IReadOnlyList<byte[]> Text(string text)
    {
        if (Options.Generation == FlexLmGeneration.Old)
        {
            return [.. LegacyTextReply.Encode(Utf8OrLatin1.Encode(text))];
        }

        byte[] bytes = Utf8OrLatin1.Encode(text + "\0");
        return Send(TextReply.ToFrame(UnixTime, bytes, (uint)bytes.Length));
    }
}
