using System;

namespace PSLabNet.Benchmarks.IcePap;

/// <summary>A datagram of a device.</summary>
internal static class SampleDatagram
{
    public const int Size = 80;

    /// <summary>An answer with a configuration.</summary>
    public static byte[] Configuration() => Convert.FromHexString(
        "000cc669132d010000000300380000221906bf58000cc669132dac189bdeac189bffffffff00ac189b63000cc669132d00000000696365657534000000000000000000000000000000000000b357230d");
}
