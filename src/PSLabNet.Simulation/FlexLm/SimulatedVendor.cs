using System.Collections.Generic;
using System.Linq;
using System.Net;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.Simulation.FlexLm;

/// <summary>A simulated vendor daemon.</summary>
internal sealed class SimulatedVendor : SimulatedDaemon
{
    private readonly IReadOnlyList<LicenseSet> sets;
    private readonly IReadOnlyList<string> extraFeatures;

    public SimulatedVendor(string name, IPAddress address, SimulatedLicenses licenses, FlexLmSimulatorOptions options, SimulatorLog log)
        : base(name, new IPEndPoint(address, 0), options, log, FlexLmSimulatorTarget.Vendor)
    {
        Licenses = licenses;
        sets = options.LicenseSets.TryGetValue(name, out string? text) ? [new LicenseSet("FID_1", "SET_1", text)] : [];
        extraFeatures = options.ExtraFeatures.TryGetValue(name, out IReadOnlyList<string>? extra) ? extra : [];
    }

    public SimulatedLicenses Licenses { get; }

    protected override IReadOnlyList<byte[]> Reply(FlexLmMessage request)
    {
        bool isOld = Options.Generation == FlexLmGeneration.Old;
        if (request.Is(LegacyKind.Hello))
        {
            string daemon = Fault == FlexLmSimulatorFault.WrongVendor ? Name + "_other" : Name;
            HelloReply hello = SimulatedManager.Hello(Options, EndPoint, daemon);
            return [Encode(Fault == FlexLmSimulatorFault.NewVendor ? hello with { VersionMinor = (byte)(hello.VersionMinor + 1) } : hello)];
        }

        if (request.Is(LegacyKind.FeaturesRequest) && isOld)
        {
            return [.. LegacyTextReply.Encode(Utf8OrLatin1.Encode(Names()))];
        }

        if (request.Is(FrameType.FeaturesRequest) && !isOld)
        {
            byte[] names = Utf8OrLatin1.Encode(Names() + "\0");
            return Send(TextReply.ToFrame(UnixTime, names, (uint)names.Length));
        }

        if (request.Is(FrameType.LicenseSetsRequest) && !isOld)
        {
            return [LicenseSetsReply.Encode(UnixTime, sets)];
        }

        return AsStatus(request) is { } status ? Status(status) : [ErrorReply.Encode(FlexLmErrorCode.UnknownMessage)];
    }

    protected override string Describe(FlexLmMessage request) =>
        request.Is(LegacyKind.Hello) ? HelloRequest.Decode(request.Old!).Vendor : AsStatus(request)?.Feature ?? string.Empty;

    private bool RejectsFirst => Fault == FlexLmSimulatorFault.RejectedLine;

    private string Names() => string.Join(" ", Licenses.FeatureNames.Skip(RejectsFirst ? 1 : 0).Concat(extraFeatures));

    private StatusRequest? AsStatus(FlexLmMessage request)
    {
        bool isOld = Options.Generation == FlexLmGeneration.Old;
        return request.Is(LegacyKind.LicenseStatusRequest) && isOld
            ? StatusRequest.DecodeOld(request.Old!)
            : request.Is(FrameType.LicenseStatusRequest) && !isOld ? StatusRequest.Decode(request.Frame!) : null;
    }

    private IReadOnlyList<byte[]> Status(StatusRequest request)
    {
        bool isRejected = RejectsFirst && Licenses.FeatureNames.Take(1).Contains(request.Feature);
        if (isRejected || Licenses.Find(request) is not var (status, usages))
        {
            return [ErrorReply.Encode(FlexLmErrorCode.NoSuchFeature)];
        }

        byte[] first = Options.Generation == FlexLmGeneration.Old ? status.EncodeOld() : status.Encode(UnixTime);
        bool isText = Options.Generation == FlexLmGeneration.Old && Options.UsageForm == FlexLmSimulatorUsageForm.Messages;
        List<byte[]> frames = [.. usages.Select(usage => isText ? LegacyUsage.Encode(usage) : usage.Encode(UnixTime))];
        if (Fault == FlexLmSimulatorFault.FewerUsage && frames.Count > 0)
        {
            frames.RemoveAt(frames.Count - 1);
        }
        else if (Fault == FlexLmSimulatorFault.MoreUsage)
        {
            frames.Add(new UsageReply(UsageKind.Checkout, "surplus", "host", "display", "1.0") { Since = UnixTime, Number = 999 }.Encode(UnixTime));
        }

        return [first, .. frames];
    }
}
