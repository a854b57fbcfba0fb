using System;
using System.Threading;

namespace PSLabNet.FlexLm.Wire;

/// <summary>The bytes that are taken from one server, over all its connections: a bound for memory.</summary>
/// <param name="most">The number of bytes.</param>
/// <param name="leastPerMessage">What a message counts at least, however short it is.</param>
internal sealed class ByteBudget(int most, int leastPerMessage)
{
    private long taken;

    /// <summary>Counts a message.</summary>
    /// <exception cref="FlexLmProtocolException">The server sends more than the budget allows.</exception>
    public void Take(int length)
    {
        if (Interlocked.Add(ref taken, Math.Max(length, leastPerMessage)) > most)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.TooMuch, $"The server sends more than {most / (1024 * 1024)} MiB.");
        }
    }
}
