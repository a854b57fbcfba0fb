using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Transport;

namespace PSLabNet.IcePap.Discovery;

/// <content>Sending again while the answer of one device stays out.</content>
internal sealed partial class IcePapSession
{
    /// <summary>Sends, waits for an answer, and sends again while none comes.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="most">How often to send at most.</param>
    /// <param name="timeout">How long to wait for the answer, over all attempts.</param>
    /// <param name="send">Sends. It receives the number of the attempt, from 1 on.</param>
    /// <param name="failed">The beginning of the message for the log if an attempt can't be sent.</param>
    /// <param name="choose">The answer that a datagram holds; null if it holds another one, or none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer, or null if none came; and how many attempts were sent.</returns>
    /// <exception cref="IcePapNetworkException">No attempt could be sent, or nothing can be received.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    private async Task<(T? Answer, int Sent)> AttemptAsync<T>(
        int most, TimeSpan timeout, Action<int> send, string failed, Func<IcePapDatagram, T?> choose, CancellationToken cancellationToken)
        where T : class
    {
        var attemptTime = TimeSpan.FromTicks(timeout.Ticks / most);
        IcePapNetworkException? unsent = null;
        int sent = 0;
        for (int attempt = 1; attempt <= most; attempt++)
        {
            try
            {
                send(attempt);
                sent++;
            }
            catch (IcePapNetworkException e)
            {
                // The interface may be up again at the next attempt; an answer to an earlier one may still come.
                unsent = e;
                log.Verbose($"{failed}, attempt {attempt}: {e.Message}");
            }

            if (await AwaitAsync(attemptTime, choose, cancellationToken).ConfigureAwait(false) is { } answer)
            {
                return (answer, sent);
            }
        }

        return sent == 0 && unsent is not null ? throw unsent : (null, sent);
    }

    /// <summary>Looks at each datagram until one is chosen or the time is over.</summary>
    /// <typeparam name="T">What is chosen.</typeparam>
    /// <param name="limit">How long to listen.</param>
    /// <param name="choose">Looks at a datagram; null goes on listening.</param>
    /// <param name="cancellationToken">Ends the listening.</param>
    /// <returns>What was chosen; null if nothing was.</returns>
    /// <exception cref="IcePapNetworkException">Nothing can be received.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    private async Task<T?> AwaitAsync<T>(TimeSpan limit, Func<IcePapDatagram, T?> choose, CancellationToken cancellationToken)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < limit
            && await transport.ReceiveAsync(Positive(limit - clock.Elapsed), cancellationToken).ConfigureAwait(false) is { } datagram)
        {
            if (choose(datagram) is { } chosen)
            {
                return chosen;
            }
        }

        return null;
    }
}
