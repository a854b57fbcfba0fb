using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Logging;

namespace PSLabNet.IcePap.Details;

/// <summary>A TCP connection to a controller: one request at a time, and a bounded answer. The token closes it.</summary>
internal sealed class ControllerConnection : IDisposable
{
    private readonly Socket socket;
    private readonly IPEndPoint remote;
    private readonly ILabLog log;
    private readonly CancellationTokenRegistration onEnd;
    private readonly byte[] buffer = new byte[1024];

    private ControllerConnection(IPEndPoint remote, ILabLog log, CancellationToken token)
    {
        this.remote = remote;
        this.log = log;
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        onEnd = token.Register(socket.Dispose);
    }

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">The connection failed.</exception>
    /// <exception cref="ObjectDisposedException">The token closed it.</exception>
    public static async Task<ControllerConnection> OpenAsync(IPEndPoint remote, ILabLog log, CancellationToken token)
    {
        var connection = new ControllerConnection(remote, log, token);
        try
        {
            await connection.socket.ConnectAsync(remote).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and reads its answer.</summary>
    /// <returns>The answer; null if the peer closed the connection, or sent too much that is no answer.</returns>
    /// <exception cref="SocketException">The connection failed.</exception>
    /// <exception cref="ObjectDisposedException">The token closed it.</exception>
    public async Task<ControllerAnswer?> AskAsync(string request)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(request + ControllerProtocol.EndOfRequest);
        if (LabLog.IsHeard(log))
        {
            log.Bytes($"{remote} <- {request}", bytes);
        }

        // A request is shorter than any send buffer, so it is sent as a whole.
        _ = await socket.SendAsync(new ArraySegment<byte>(bytes), SocketFlags.None).ConfigureAwait(false);
        var reader = new ControllerAnswerReader(request);
        while (!reader.IsTooLong)
        {
            int count = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), SocketFlags.None).ConfigureAwait(false);
            if (count == 0)
            {
                return null;
            }

            if (LabLog.IsHeard(log))
            {
                log.Bytes($"{remote} -> {request}", [.. new ArraySegment<byte>(buffer, 0, count)]);
            }

            if (reader.Read(buffer, count) is { } answer)
            {
                return answer;
            }
        }

        return null;
    }

    public void Dispose()
    {
        onEnd.Dispose();
        socket.Dispose();
    }
}
