using System;
using System.Diagnostics;

namespace PSLabNet.Fuzz.Engine;

/// <summary>Reduces a failing input as long as it fails in the same way.</summary>
internal static class Minimizer
{
    private const int MostAttempts = 4000;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    public static byte[] Minimize(byte[] input, Func<byte[], bool> failsAlike)
    {
        long start = Stopwatch.GetTimestamp();
        int attempts = 0;
        byte[] best = input;
        bool Tries(byte[] candidate)
        {
            attempts++;
            bool fails = failsAlike(candidate);
            best = fails ? candidate : best;
            return fails;
        }

        bool IsOver() => attempts >= MostAttempts || Stopwatch.GetElapsedTime(start) > MostTime;

        for (int size = Math.Max(best.Length / 2, 1); ; size /= 2)
        {
            for (int at = 0; at < best.Length && !IsOver();)
            {
                int length = Math.Min(size, best.Length - at);
                if (!Tries([.. best[..at], .. best[(at + length)..]]))
                {
                    at += length;
                }
            }

            if (size <= 1 || IsOver())
            {
                break;
            }
        }

        for (int at = 0; at < best.Length && !IsOver(); at++)
        {
            if (best[at] != (byte)'a')
            {
                byte[] plain = (byte[])best.Clone();
                plain[at] = (byte)'a';
                Tries(plain);
            }
        }

        return best;
    }
}
