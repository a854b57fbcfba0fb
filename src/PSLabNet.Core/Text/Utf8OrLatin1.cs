using System.Text;

namespace PSLabNet.Text;

/// <summary>
/// Text of the protocol and of license files: UTF-8, and Latin-1 for each byte that is not UTF-8
/// (License Administration Guide, "License File Format Overview": eight-bit Latin characters are supported). Never fails.
/// </summary>
internal static class Utf8OrLatin1
{
    /// <summary>Decodes UTF-8; bytes that are not UTF-8 become the Latin-1 character of the same number. No byte order mark when writing.</summary>
    public static Encoding Encoding { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new Latin1Fallback());

    public static string Decode(byte[] bytes, int offset, int count)
    {
        for (int at = offset; at < offset + count; at++)
        {
            if (bytes[at] >= 0x80)
            {
                return Encoding.GetString(bytes, offset, count);
            }
        }

        return Encoding.ASCII.GetString(bytes, offset, count);
    }

    public static byte[] Encode(string text) => Encoding.GetBytes(text);

    private sealed class Latin1Fallback : DecoderFallback
    {
        // The longest run of bytes that a decoder passes at once.
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : DecoderFallbackBuffer
        {
            private byte[] unknown = [];
            private int at;

            public override int Remaining => unknown.Length - at;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                unknown = (byte[])bytesUnknown.Clone();
                at = 0;
                return unknown.Length > 0;
            }

            // NUL means the end. A NUL byte is valid UTF-8, so it never gets here.
            public override char GetNextChar() => at < unknown.Length ? (char)unknown[at++] : '\0';

            public override bool MovePrevious()
            {
                if (at == 0)
                {
                    return false;
                }

                at--;
                return true;
            }

            public override void Reset()
            {
                unknown = [];
                at = 0;
            }
        }
    }
}
