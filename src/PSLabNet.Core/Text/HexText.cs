using System;
using System.Collections.Generic;

namespace PSLabNet.Text;

/// <summary>Reads bytes as people paste them.</summary>
internal static class HexText
{
    /// <summary>Reads bytes of two digits each; skips white space, 0x, \x, colons, hyphens, commas and semicolons between them.</summary>
    /// <exception cref="FormatException">The text contains anything else.</exception>
    public static byte[] Parse(string hex)
    {
        var bytes = new List<byte>(hex.Length / 2);
        for (int at = 0; at < hex.Length; at++)
        {
            if (char.IsWhiteSpace(hex[at]) || hex[at] is ':' or '-' or ',' or ';')
            {
                continue;
            }

            char next = at + 1 < hex.Length ? hex[at + 1] : '\0';
            bool isPrefix = (hex[at] == '0' && next is 'x' or 'X') || (hex[at] == '\\' && next == 'x');
            if (!isPrefix)
            {
                // A character that is not a digit makes the whole byte negative.
                int value = (Digit(hex[at]) << 4) | Digit(next);
                bytes.Add(value >= 0 ? (byte)value : throw new FormatException($"'{PrintableText.Escape(hex)}' is not made of bytes of two hexadecimal digits each."));
            }

            at++;
        }

        return [.. bytes];
    }

    /// <summary>The value of a hexadecimal digit, 0 to 15; -1 for any other character.</summary>
    public static int Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
