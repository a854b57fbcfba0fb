using System;

namespace PSLabNet.Bytes;

/// <summary>The additive checksum of FlexLM's messages: a sum of bytes modulo 256.</summary>
internal static class CheckByte
{
    /// <summary>The sum, modulo 256, of a part of an array.</summary>
    /// <param name="bytes">The array.</param>
    /// <param name="offset">First covered byte.</param>
    /// <param name="count">Number of covered bytes.</param>
    /// <returns>The sum modulo 256.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the array.</exception>
    public static byte Sum(byte[] bytes, int offset, int count)
    {
        if (offset < 0 || count < 0 || offset > bytes.Length - count)
        {
            throw new ArgumentOutOfRangeException(nameof(count), "The part to sum is not inside the array.");
        }

        int sum = 0;
        for (int at = offset; at < offset + count; at++)
        {
            sum += bytes[at];
        }

        return unchecked((byte)sum);
    }
}
