namespace PSLabNet.FlexLm.Wire;

/// <summary>What the first bytes of a peer show.</summary>
internal enum Recognition
{
    /// <summary>Nothing that is known here; perhaps a message.</summary>
    None,

    /// <summary>More bytes are needed to tell.</summary>
    NeedsMore,

    /// <summary>An answer of HTTP.</summary>
    Http,

    /// <summary>A record of TLS.</summary>
    Tls,
}

/// <summary>Recognizes peers that speak HTTP or TLS, which are found on ports of license servers (FlexNet Embedded, web pages).</summary>
internal static class OtherProtocol
{
    // RFC 9112, section 4: each answer begins with it.
    private static readonly byte[] Http = [(byte)'H', (byte)'T', (byte)'T', (byte)'P', (byte)'/'];

    // RFC 8446, section 5.1: the content type of a record (alert 21 or handshake 22), then the major version 3.
    private const byte TlsAlert = 21;
    private const byte TlsHandshake = 22;
    private const byte TlsMajorVersion = 3;

    /// <summary>Looks at the first bytes of what a peer sends.</summary>
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
