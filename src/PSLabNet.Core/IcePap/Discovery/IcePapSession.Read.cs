using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Transport;

namespace PSLabNet.IcePap.Discovery;

/// <content>Reads one device again.</content>
internal sealed partial class IcePapSession
{
    /// <summary>Maximum number of requests to a device that does not answer.</summary>
    public const int MaxReadAttempts = 5;

    /// <summary>
    /// Reads one device again. The first request is addressed to this device only, so no other device answers. Some firmware
    /// may not answer such a request, so the next requests go to the whole group.
    /// </summary>
    /// <param name="device">The device, as it answered before.</param>
    /// <param name="timeout">How long to wait for its answer, over all attempts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The device as it is now.</returns>
    /// <exception cref="IcePapNotFoundException">The device does not answer any more.</exception>
    /// <exception cref="IcePapNetworkException">Nothing can be sent or received.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IcePapDevice> ReadAsync(IcePapDevice device, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);

        MacAddress target = device.MacAddress;
        long askedAt = 0;
        (IcePapDevice? answer, _) = await AttemptAsync(MaxReadAttempts, timeout, Ask, $"{device} could not be asked", Choose, cancellationToken).ConfigureAwait(false);
        return answer ?? throw new IcePapNotFoundException(target);

        void Ask(int attempt)
        {
            askedAt = Stopwatch.GetTimestamp();
            transport.Send(
                attempt == 1
                    ? IcePapPacket.ToDevice(IcePapProtocol.ControllerAddress, target, NextPacketNumber(), IcePapCommand.REQUEST_CONFIG, null)
                    : IcePapPacket.ToGroup(IcePapProtocol.ControllerAddress, NextPacketNumber(), IcePapCommand.REQUEST_CONFIG, null),
                device.LocalInterface);
        }

        // An answer that was queued before the request does not show the device's present settings.
        IcePapDevice? Choose(IcePapDatagram datagram) =>
            datagram.Timestamp >= askedAt && TakeAnswer(datagram, askedAt) is { } found && found.MacAddress == target ? found : null;
    }
}
