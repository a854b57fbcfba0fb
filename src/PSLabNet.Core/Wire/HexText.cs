using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace PSLabNet.Wire;

/// <summary>Bytes as people paste them.</summary>
internal static class HexText
{
    /// <summary>Reads bytes of two digits each; white space, 0x, \x, colons, hyphens, commas and semicolons between them are passed over.</summary>
    /// <exception cref="FormatException">The text holds something else.</exception>
    public static byte[] Parse(string hex)
    {
        string digits = new StringBuilder(hex).Replace("0x", " ").Replace("0X", " ").Replace("\\x", " ").ToString();
        var bytes = new List<byte>(digits.Length / 2);
        for (int at = 0; at < digits.Length; at++)
        {
            if (char.IsWhiteSpace(digits[at]) || digits[at] is ':' or '-' or ',' or ';')
            {
                continue;
            }

            // The number parser passes over NUL characters at the end.
            if (at + 1 >= digits.Length || digits[at + 1] == '\0'
                || !byte.TryParse(digits.Substring(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                throw new FormatException($"'{PrintableText.Escape(hex)}' is not made of bytes of two hexadecimal digits each.");
            }

            bytes.Add(value);
            at++;
        }

        return [.. bytes];
    }
}
