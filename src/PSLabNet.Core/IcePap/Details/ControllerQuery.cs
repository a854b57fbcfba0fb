using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Logging;

namespace PSLabNet.IcePap.Details;

/// <summary>Asks a controller for its version, its identification, its racks and its drivers. Nothing is changed there.</summary>
internal static class ControllerQuery
{
    /// <summary>Asks over one connection.</summary>
    /// <param name="remote">Where the controller listens.</param>
    /// <param name="limit">How long to ask, from the connection to the last answer.</param>
    /// <param name="log">Receives why values are missing, and the bytes.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>What it answered. A value that did not come in time is null.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<IcePapDetails> AskAsync(IPEndPoint remote, TimeSpan limit, ILabLog log, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit);
        var conversation = new Conversation();
        try
        {
            using ControllerConnection connection = await ControllerConnection.OpenAsync(remote, log, end.Token).ConfigureAwait(false);
            if (!await conversation.RunAsync(connection).ConfigureAwait(false))
            {
                log.Verbose($"{remote} ended the conversation, or did not answer as a controller does.");
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or NullReferenceException)
        {
            // NullReferenceException: mono's socket throws it if it is closed while it connects.
            cancellationToken.ThrowIfCancellationRequested();
            log.Verbose(end.IsCancellationRequested
                ? string.Format(CultureInfo.InvariantCulture, "{0} did not answer all within {1:0.#} s.", remote, limit.TotalSeconds)
                : $"{remote} did not answer: {e.Message}");
        }

        return conversation.Details;
    }

    // What has been answered so far stays if the next answer does not come.
    private sealed class Conversation
    {
        public IcePapDetails Details { get; private set; } = IcePapDetails.None;

        public async Task<bool> RunAsync(ControllerConnection connection)
        {
            if (await connection.AskAsync(ControllerProtocol.Version).ConfigureAwait(false) is not { } version)
            {
                return false;
            }

            Details = Details with { Firmware = ControllerValues.Firmware(version) };
            if (await connection.AskAsync(ControllerProtocol.Identification).ConfigureAwait(false) is not { } identification)
            {
                return false;
            }

            // It may be a question for a board and not for the system.
            if (identification.IsError)
            {
                if (await connection.AskAsync(ControllerProtocol.MasterIdentification).ConfigureAwait(false) is not { } master)
                {
                    return false;
                }

                identification = master;
            }

            Details = Details with { SerialNumber = ControllerValues.Identification(identification) };
            if (await connection.AskAsync(ControllerProtocol.SystemStatus).ConfigureAwait(false) is not { } status)
            {
                return false;
            }

            Details = Details with { Racks = ControllerValues.Racks(status) };
            return Details.Racks is null || await CountDriversAsync(connection, Details.Racks).ConfigureAwait(false);
        }

        private async Task<bool> CountDriversAsync(ControllerConnection connection, IReadOnlyList<int> racks)
        {
            int count = 0;
            foreach (int rack in racks)
            {
                string request = string.Format(CultureInfo.InvariantCulture, "{0} {1}", ControllerProtocol.SystemStatus, rack);
                if (await connection.AskAsync(request).ConfigureAwait(false) is not { } answer)
                {
                    return false;
                }

                if (ControllerValues.Drivers(answer) is not { } drivers)
                {
                    return true;
                }

                count += drivers;
            }

            Details = Details with { DriverCount = count };
            return true;
        }
    }
}
