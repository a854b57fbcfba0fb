using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Transport;

namespace PSLabNet.IcePap.Discovery;

/// <content>Sends again while one device does not answer.</content>
internal sealed partial class IcePapSession
{
    /// <summary>Sends, waits for an answer, and sends again if none arrives.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="most">Maximum number of attempts.</param>
    /// <param name="timeout">How long to wait for the answer, over all attempts.</param>
    /// <param name="send">Sends. It receives the number of the attempt, starting at 1.</param>
    /// <param name="failed">The beginning of the log message if an attempt cannot be sent.</param>
    /// <param name="choose">Returns the answer in a datagram; null if it contains another answer or none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer, or null if none arrived; and the number of attempts that were sent.</returns>
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
                // The interface may be up again at the next attempt, and an answer to an earlier attempt may still arrive.
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

    /// <summary>Examines each datagram until one is chosen or the time is over.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="limit">How long to listen.</param>
    /// <param name="choose">Examines a datagram; null continues listening.</param>
    /// <param name="cancellationToken">Stops listening.</param>
    /// <returns>The chosen result; null if there is none.</returns>
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
