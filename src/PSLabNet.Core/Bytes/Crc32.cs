using System;

namespace PSLabNet.Bytes;

/// <summary>
/// CRC-32 (ISO-HDLC), as in zlib, Ethernet and PNG. It is the last field of every IcePAP packet. Polynomial 0x04C11DB7, reflected,
/// initial value and final xor 0xFFFFFFFF, check value 0xCBF43926.
/// </summary>
/// <remarks>
/// Differs between the legs. On .NET it uses System.IO.Hashing, which is faster. The .NET Framework build of that
/// package needs four more assemblies, which must not get into Windows PowerShell, so that leg uses our own tables.
/// </remarks>
internal static class Crc32
{
#if !NET
    private static readonly ReflectedCrc Tables = new(32, 0x04C11DB7, 0xFFFFFFFF, 0xFFFFFFFF);
#endif

    /// <summary>The checksum of a part of an array.</summary>
    /// <param name="bytes">The array.</param>
    /// <param name="offset">First covered byte.</param>
    /// <param name="count">Number of covered bytes.</param>
    /// <returns>The checksum.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the array.</exception>
    public static uint Compute(byte[] bytes, int offset, int count) =>
#if NET
        System.IO.Hashing.Crc32.HashToUInt32(bytes.AsSpan(offset, count));
#else
        Tables.Compute(bytes, offset, count);
#endif
}
