using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Tests.FlexLm;

/// <summary>How a scripted server sends a text.</summary>
public enum TextForm
{
    /// <summary>One message of frames of 4,000 bytes.</summary>
    Frames,

    /// <summary>Messages that are as full as 16 bits allow, each with a length of its own.</summary>
    Messages,

    /// <summary>Messages of the old generation.</summary>
    Legacy,
}

/// <summary>A license server with a license text of the test's own, and one vendor daemon <c>v</c>, on real sockets.</summary>
internal sealed class ScriptedLicense : IDisposable
{
    public const uint Time = 1700000000;

    private const int FrameSize = 4000;

    private readonly ScriptedServer vendor;
    private readonly ScriptedServer manager;

    public ScriptedLicense(string text, TextForm form = TextForm.Frames, Func<FlexLmMessage, IEnumerable<byte[]>?>? vendorAnswer = null, string daemons = "v")
        : this(text, new ScriptedServer(request => vendorAnswer?.Invoke(request) ?? AnswerAsVendor(request)), form, daemons)
    {
    }

    public ScriptedLicense(string text, ScriptedServer vendor, TextForm form = TextForm.Frames, string daemons = "v")
    {
        this.vendor = vendor;
        manager = new ScriptedServer(request => AnswerAsManager(request, text, form, daemons));
    }

    public string Address => manager.Address;

    public void Dispose()
    {
        manager.Dispose();
        vendor.Dispose();
    }

    /// <summary>A text in the frames or messages of a form.</summary>
    public static IEnumerable<byte[]> Send(string text, TextForm form)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        byte[] length = new WireWriter().UInt32((uint)bytes.Length).ToArray();
        return form switch
        {
            TextForm.Frames => new FlexLmFrame(FrameType.Text, Time, [.. length, .. bytes]).Split(FrameSize).Select(frame => frame.Encode()),
            TextForm.Messages => bytes.Chunk(TextReply.Capacity).Select(part => TextReply.Encode(Time, part, unchecked((ushort)part.Length))),
            _ => LegacyTextReply.Encode(bytes),
        };
    }

    /// <summary>Lines of that many features, <c>f0</c> and so on, of 50 bytes or more.</summary>
    public static string Lines(int count) =>
        "VENDOR v\n" + string.Concat(Enumerable.Range(0, count).Select(place => $"INCREMENT f{place} v 1.0 permanent 10 SIGN={place:X20}\n"));

    /// <summary>The answer of a vendor daemon with 10 licenses of each feature, of which none is in use.</summary>
    public static IEnumerable<byte[]> AnswerAsVendor(FlexLmMessage request) =>
        request.Is(LegacyKind.Hello) ? [new HelloReply(11, 19, string.Empty, "v").Encode(1)]
        : request.Is(FrameType.LicenseSetsRequest) ? [ErrorReply.Encode(-60)]
        : request.Is(FrameType.LicenseStatusRequest) ? [new StatusReply(0, 10, Time).Encode(Time)]
        : Send("f0", TextForm.Messages);

    private IEnumerable<byte[]> AnswerAsManager(FlexLmMessage request, string text, TextForm form, string daemons)
    {
        if (request.Is(LegacyKind.Hello))
        {
            return [HelloRequest.Decode(request.Old!).Vendor.Length == 0
                ? new HelloReply(11, 19, string.Empty, "lmgrd").Encode(1)
                : new VendorAddress("127.0.0.1", (uint)vendor.Port).Encode(Time)];
        }

        return ManagerCommand.Decode(request.Frame!).Command switch
        {
            ManagerCommand.Daemons => Send(daemons, TextForm.Messages),
            ManagerCommand.Paths => Send("/license.dat", TextForm.Messages),
            _ => Send(text, form),
        };
    }
}
