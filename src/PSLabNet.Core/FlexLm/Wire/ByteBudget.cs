using System;
using System.Threading;

namespace PSLabNet.FlexLm.Wire;

/// <summary>Limits the bytes that are accepted from one server, over all its connections, and so the memory.</summary>
/// <param name="most">Maximum number of bytes.</param>
/// <param name="leastPerMessage">Minimum number of bytes that a message counts, however short it is.</param>
internal sealed class ByteBudget(long most, int leastPerMessage)
{
    private long taken;

    /// <summary>Counts bytes when they arrive, so that a long message is not kept before it is counted.</summary>
    /// <exception cref="FlexLmProtocolException">The server sends more than the budget allows.</exception>
    public void TakeBytes(int count)
    {
        if (Interlocked.Add(ref taken, count) > most)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.TooMuch, $"The server sends more than {most / (1024 * 1024)} MiB.");
        }
    }

    /// <summary>Counts the difference between a short message and the minimum.</summary>
    /// <exception cref="FlexLmProtocolException">The server sends more than the budget allows.</exception>
    public void TakeMessage(int length) => TakeBytes(Math.Max(leastPerMessage - length, 0));
}
