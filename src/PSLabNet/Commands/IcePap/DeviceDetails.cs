using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Details;
using PSLabNet.Logging;
using PSLabNet.Net;

namespace PSLabNet.Commands.IcePap;

/// <summary>Asks devices over TCP while the search goes on, a number of them at the same time.</summary>
/// <param name="interfaces">The interfaces of this machine.</param>
/// <param name="log">Receives why a device is not asked or does not answer.</param>
/// <param name="cancellationToken">Ends all queries.</param>
internal sealed class DeviceDetails(IReadOnlyList<LocalInterface> interfaces, ILabLog log, CancellationToken cancellationToken) : IDisposable
{
    // Each takes a socket.
    private const int MostAtOnce = 256;

    private readonly SemaphoreSlim slots = new(MostAtOnce);
    private readonly List<Task> queries = [];

    /// <summary>Starts to ask a device. Calls do not overlap.</summary>
    /// <param name="device">The device as it answered.</param>
    /// <param name="complete">Receives the device with what it said, or as it was.</param>
    public void Ask(IcePapDevice device, Action<IcePapDevice> complete) => queries.Add(Task.Run(() => AskAsync(device, complete), cancellationToken));

    /// <summary>Waits until all are complete.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task CompleteAsync() => Task.WhenAll(queries);

    public void Dispose() => slots.Dispose();

    private async Task AskAsync(IcePapDevice device, Action<IcePapDevice> complete)
    {
        if (ControllerAddress.Of(device, interfaces) is not { } address)
        {
            log.Verbose($"{device} is not asked over TCP: no controller can have this address there.");
            complete(device);
            return;
        }

        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var remote = new IPEndPoint(address, ControllerProtocol.Port);
            complete(device.With(await ControllerQuery.AskAsync(remote, ControllerProtocol.Limit, log, cancellationToken).ConfigureAwait(false)));
        }
        finally
        {
            slots.Release();
        }
    }
}
