// HostileText.Tests.ps1 compiles this file with the others of this folder: a controller and a license server with harmful
// names. They follow the description of the protocols and use no code of the product. The language is C# 5, as in Add-Type
// of Windows PowerShell.
using System.Collections.Generic;
using System.Text;

namespace Hostile
{
    public static class Bytes
    {
        // Characters from U+E000 to U+E0FF represent one byte each, so that bytes that are not UTF-8 can be written too.
        public static byte[] Of(string text)
        {
            var bytes = new List<byte>();
            for (int at = 0; at < text.Length; at++)
            {
                if (text[at] >= '\uE000' && text[at] <= '\uE0FF')
                {
                    bytes.Add((byte)text[at]);
                }
                else
                {
                    int count = char.IsHighSurrogate(text[at]) ? 2 : 1;
                    bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(at, count)));
                    at += count - 1;
                }
            }

            return bytes.ToArray();
        }

        public static void Big(List<byte> bytes, long value, int size)
        {
            for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
            {
                bytes.Add((byte)(value >> shift));
            }
        }

        // Bit by bit, least significant first; the polynomial is reflected.
        public static uint Crc(IList<byte> bytes, int from, uint polynomial, uint start)
        {
            uint crc = start;
            for (int at = from; at < bytes.Count; at++)
            {
                crc ^= bytes[at];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ polynomial : crc >> 1;
                }
            }

            return crc;
        }
    }
}
