namespace PSLabNet.FlexLm.Wire;

/// <summary>The protocol that a peer's first bytes show.</summary>
internal enum Recognition
{
    /// <summary>No other known protocol; perhaps a FlexLM message.</summary>
    None,

    /// <summary>More bytes are needed to decide.</summary>
    NeedsMore,

    /// <summary>An HTTP response.</summary>
    Http,

    /// <summary>A TLS record.</summary>
    Tls,
}

/// <summary>Recognizes peers that speak HTTP or TLS. Some use the ports of license servers (FlexNet Embedded, web pages).</summary>
internal static class OtherProtocol
{
    // RFC 9112, section 4: each response begins with it.
    private static readonly byte[] Http = [(byte)'H', (byte)'T', (byte)'T', (byte)'P', (byte)'/'];

    // RFC 8446, section 5.1: the content type of a record (alert 21 or handshake 22), then the major version 3.
    private const byte TlsAlert = 21;
    private const byte TlsHandshake = 22;
    private const byte TlsMajorVersion = 3;

    /// <summary>Examines the first bytes that a peer sends.</summary>
    public static Recognition Recognize(byte[] bytes, int offset, int count)
    {
        if (bytes[offset] is TlsAlert or TlsHandshake)
        {
            return count < 2 ? Recognition.NeedsMore : bytes[offset + 1] == TlsMajorVersion ? Recognition.Tls : Recognition.None;
        }

        for (int index = 0; index < Http.Length; index++)
        {
            if (index == count)
            {
                return Recognition.NeedsMore;
            }

            if (bytes[offset + index] != Http[index])
            {
                return Recognition.None;
            }
        }

        return Recognition.Http;
    }

    public static FlexLmProtocolException Exception(string protocol) => new(
        FlexLmProtocolFault.OtherProtocol,
        $"The server speaks {protocol}: perhaps a FlexNet Embedded or user-based licensing server, or a web server; not a FlexLM license server.");
}
