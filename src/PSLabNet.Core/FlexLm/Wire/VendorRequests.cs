using System;

namespace PSLabNet.FlexLm.Wire;

/// <summary>The requests without parameters that a vendor daemon answers.</summary>
internal static class VendorRequests
{
    /// <summary>Names of the features, frame 0x013B: 20 <c>31 00 30 00</c>.</summary>
    public static byte[] Features(uint time) =>
        new FlexLmFrame(FrameType.FeaturesRequest, time, [0x31, 0x00, 0x30, 0x00]).Encode();

    /// <summary>License sets, frame 0x0127: 20 <c>01 00 00 00 00</c>. New generation only.</summary>
    public static byte[] LicenseSets(uint time) =>
        new FlexLmFrame(FrameType.LicenseSetsRequest, time, [0x01, 0x00, 0x00, 0x00, 0x00]).Encode();

    /// <summary>Names of the features in the old generation: <c>3D DA 6C 31</c>, the rest zero.</summary>
    public static byte[] LegacyFeatures() => new LegacyMessage(LegacyKind.FeaturesRequest, [0x6C, 0x31]).Encode();
}

/// <summary>Requests the status of one license: its feature and the first 20 characters of its signature.</summary>
internal sealed record StatusRequest(string Feature, string Signature)
{
    private const int LegacyFeatureSize = 31;
    private const int LegacySignatureSize = 21;

    /// <summary>Frame 0x013C: 20 feature, NUL, signature, four NULs, 01.</summary>
    public byte[] Encode(uint time) => new FlexLmFrame(
        FrameType.LicenseStatusRequest,
        time,
        new WireWriter().Text(Feature).Text(ShortSignature())
            .Zeros(WireConstants.StatusRequestPadding - 1).Byte(WireConstants.FieldsEnd)
            .ToArray()).Encode();

    /// <summary>Kind <c>l</c>: 2 feature (31), 33 signature (21), 54 <c>1</c>, the rest zero.</summary>
    public byte[] EncodeOld() => new LegacyMessage(
        LegacyKind.LicenseStatusRequest,
        new WireWriter().PaddedText(Feature, LegacyFeatureSize).PaddedText(ShortSignature(), LegacySignatureSize)
            .Byte((byte)'1').ToArray()).Encode();

    public static StatusRequest Decode(FlexLmFrame frame)
    {
        if (frame.Type != FrameType.LicenseStatusRequest)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.UnexpectedType, "A status request is a frame 0x013C.");
        }

        var reader = new WireReader(frame.Data, 0, frame.Data.Length);
        return new StatusRequest(reader.ReadEndedText(), reader.ReadEndedText());
    }

    public static StatusRequest DecodeOld(LegacyMessage message)
    {
        if (message.Kind != LegacyKind.LicenseStatusRequest)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.UnexpectedType, "A status request begins with 'l'.");
        }

        var reader = new WireReader(message.Body, 0, message.Body.Length);
        return new StatusRequest(reader.ReadPaddedText(LegacyFeatureSize), reader.ReadPaddedText(LegacySignatureSize));
    }

    private string ShortSignature() => Signature.Substring(0, Math.Min(Signature.Length, WireConstants.SignatureLength));
}
