namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// The hello, always in the old form: kind <c>h</c>, 2 <c>1</c>, 3 <c>3</c>, 4 user (21), 25 host (33), 58 vendor (11),
/// 69 display (33), 102 one of 13 bytes that begins with 84 or 54, 115 process id (11), 126 platform (13),
/// 139 client version, 141 <c>78</c>, 144 <c>14</c>, each ended by NUL.
/// </summary>
internal sealed record HelloRequest(ClientIdentity Identity, string Vendor)
{
    private const byte First = (byte)'1';
    private const byte Second = (byte)'3';
    private const int UserSize = 21;
    private const int HostSize = 33;
    private const int VendorSize = 11;
    private const int DisplaySize = 33;
    private const int UnknownSize = 13;
    private const byte UnknownFirst = 0x84;
    private const int ProcessIdSize = 11;
    private const int PlatformSize = 13;
    private const int TailSize = 3;

    public byte[] Encode()
    {
        byte[] body = new WireWriter().Bytes(First, Second)
            .PaddedText(Identity.User, UserSize)
            .PaddedText(Identity.Host, HostSize)
            .PaddedText(Vendor, VendorSize)
            .PaddedText(Identity.Display, DisplaySize)
            .Byte(UnknownFirst).Zeros(UnknownSize - 1)
            .PaddedText(Identity.ProcessId, ProcessIdSize)
            .PaddedText(Identity.Platform, PlatformSize)
            .Bytes(Identity.VersionMajor, Identity.VersionMinor)
            .PaddedText("78", TailSize)
            .PaddedText("14", TailSize)
            .ToArray();
        return new LegacyMessage(LegacyKind.Hello, body).Encode();
    }

    public static HelloRequest Decode(LegacyMessage message)
    {
        if (message.Kind != LegacyKind.Hello)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.UnexpectedType, "A hello begins with 'h'.");
        }

        var reader = new WireReader(message.Body, 0, message.Body.Length);
        reader.Skip(2);
        string user = reader.ReadPaddedText(UserSize);
        string host = reader.ReadPaddedText(HostSize);
        string vendor = reader.ReadPaddedText(VendorSize);
        string display = reader.ReadPaddedText(DisplaySize);
        reader.Skip(UnknownSize);
        var identity = new ClientIdentity
        {
            User = user,
            Host = host,
            Display = display,
            ProcessId = reader.ReadPaddedText(ProcessIdSize),
            Platform = reader.ReadPaddedText(PlatformSize),
            VersionMajor = reader.ReadByte(),
            VersionMinor = reader.ReadByte(),
        };
        return new HelloRequest(identity, vendor);
    }
}
