namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// A command to lmgrd, frame 0x0108: 20 <c>01 04</c>, then user, host, daemon, display, command, each ended by NUL.
/// </summary>
internal sealed record ManagerCommand(ClientIdentity Identity, string Daemon, string Command)
{
    /// <summary>The text of the license file.</summary>
    public const string LicenseFile = "";

    /// <summary>The path of the license file.</summary>
    public const string Paths = "getpaths";

    /// <summary>The names of the vendor daemons, separated by spaces.</summary>
    public const string Daemons = "dlist";

    private const byte First = 0x01;
    private const byte Second = 0x04;

    public byte[] Encode(uint time) => new FlexLmFrame(
        FrameType.ManagerCommand,
        time,
        new WireWriter().Bytes(First, Second)
            .Text(Identity.User).Text(Identity.Host).Text(Daemon).Text(Identity.Display).Text(Command)
            .ToArray()).Encode();

    public static ManagerCommand Decode(FlexLmFrame frame)
    {
        if (frame.Type != FrameType.ManagerCommand)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.UnexpectedType, "A command to lmgrd is a frame 0x0108.");
        }

        var reader = new WireReader(frame.Data, 0, frame.Data.Length);
        if (reader.ReadByte() != First || reader.ReadByte() != Second)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.Malformed, "A command to lmgrd begins with 01 04.");
        }

        var identity = new ClientIdentity { User = reader.ReadEndedText(), Host = reader.ReadEndedText() };
        string daemon = reader.ReadEndedText();
        return new ManagerCommand(identity with { Display = reader.ReadEndedText() }, daemon, reader.ReadEndedText());
    }
}
