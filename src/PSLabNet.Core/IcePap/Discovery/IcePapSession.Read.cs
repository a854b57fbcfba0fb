using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Transport;

namespace PSLabNet.IcePap.Discovery;

/// <content>Reading one device again.</content>
internal sealed partial class IcePapSession
{
    /// <summary>How often a device is asked at most while its answer stays out.</summary>
    public const int MaxReadAttempts = 5;

    /// <summary>
    /// Reads one device again. The first question is addressed to it alone, so that no other device answers. It is not known
    /// that all firmware answers such a question, so the next ones go to the whole group.
    /// </summary>
    /// <param name="device">The device, as it answered before.</param>
    /// <param name="timeout">How long to wait for its answer, over all attempts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The device as it is now.</returns>
    /// <exception cref="IcePapNotFoundException">It does not answer any more.</exception>
    /// <exception cref="IcePapNetworkException">Nothing can be sent or received.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IcePapDevice> ReadAsync(IcePapDevice device, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);

        IcePapNetworkException? unsent = null;
        int sent = 0;
        var attemptTime = TimeSpan.FromTicks(timeout.Ticks / MaxReadAttempts);
        for (int attempt = 1; attempt <= MaxReadAttempts; attempt++)
        {
            long askedAt = Stopwatch.GetTimestamp();
            try
            {
                transport.Send(
                    attempt == 1
                        ? IcePapPacket.ToDevice(IcePapProtocol.ControllerAddress, device.MacAddress, NextPacketNumber(), IcePapCommand.REQUEST_CONFIG, null)
                        : IcePapPacket.ToGroup(IcePapProtocol.ControllerAddress, NextPacketNumber(), IcePapCommand.REQUEST_CONFIG, null),
                    device.LocalInterface);
                sent++;
            }
            catch (IcePapNetworkException e)
            {
                // The interface may be up again at the next attempt.
                unsent = e;
                log.Verbose($"{device} could not be asked, attempt {attempt}: {e.Message}");
            }

            if (await AwaitAnswerAsync(device.MacAddress, askedAt, attemptTime, cancellationToken).ConfigureAwait(false) is { } answer)
            {
                return answer;
            }
        }

        throw sent == 0 && unsent is not null ? unsent : new IcePapNotFoundException(device.MacAddress);
    }

    // An answer that waited in the queue since before the question does not tell what the device has now.
    private async Task<IcePapDevice?> AwaitAnswerAsync(MacAddress target, long askedAt, TimeSpan limit, CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < limit;)
        {
            IcePapDatagram? datagram = await transport.ReceiveAsync(Positive(limit - clock.Elapsed), cancellationToken).ConfigureAwait(false);
            if (datagram is not null && datagram.Timestamp >= askedAt && TakeAnswer(datagram, askedAt) is { } answer && answer.MacAddress == target)
            {
                return answer;
            }
        }

        return null;
    }
}
