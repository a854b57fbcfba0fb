using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Tests.FlexLm;

/// <summary>A server on a real socket that sends the test's answer to each message, for answers that the simulator does not give.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener listener;
    private readonly Func<FlexLmMessage, IEnumerable<byte[]>> answer;

    public ScriptedServer(Func<FlexLmMessage, IEnumerable<byte[]>> answer, IPEndPoint? endPoint = null)
    {
        this.answer = answer;
        listener = new TcpListener(endPoint ?? new IPEndPoint(IPAddress.Loopback, 0));
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Number of messages answered on one connection before it is closed.</summary>
    public int AnswersPerConnection { get; init; } = int.MaxValue;

    /// <summary>Which of the messages that arrived together are answered, and in which order.</summary>
    public Func<IReadOnlyList<FlexLmMessage>, IEnumerable<FlexLmMessage>> Arrange { get; init; } = together => together;

    /// <summary>The most messages that arrived together.</summary>
    public int MostTogether { get; private set; }

    /// <summary>Called for every connection when it opens.</summary>
    public Action OnOpen { get; init; } = () => { };

    /// <summary>Called for every connection when it closes.</summary>
    public Action OnClose { get; init; } = () => { };

    public string Address => $"{Port}@127.0.0.1";

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                TcpClient client = await listener.AcceptTcpClientAsync();
                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is SocketException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        OnOpen();
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                var received = new List<byte>();
                var chunk = new byte[4096];
                int count;
                int answered = 0;
                while ((count = await stream.ReadAsync(chunk)) > 0)
                {
                    received.AddRange(chunk[..count]);
                    var together = new List<FlexLmMessage>();
                    while (FlexLmMessage.MeasureLength([.. received], 0, received.Count) is > 0 and var length && received.Count >= length)
                    {
                        together.Add(FlexLmMessage.Decode([.. received.GetRange(0, length)]));
                        received.RemoveRange(0, length);
                    }

                    MostTogether = Math.Max(MostTogether, together.Count);
                    foreach (FlexLmMessage message in Arrange(together))
                    {
                        foreach (byte[] reply in answer(message))
                        {
                            await stream.WriteAsync(reply);
                        }

                        if (++answered == AnswersPerConnection)
                        {
                            return;
                        }
                    }
                }
            }
            catch (Exception exception) when (exception is System.IO.IOException or ObjectDisposedException)
            {
                // The client has closed.
            }
            finally
            {
                OnClose();
            }
        }
    }
}
