// FaultyServer.ps1 compiles this file: license servers on raw sockets with faults that no simulator has.
using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace PSLabNet.Faults
{
    public enum ServerFault { ResetOnAccept, ResetInAnswer, CloseInAnswer, SilentInAnswer, VanishInAnswer, Garbage, Http, BacklogFull }

    // Stands in front of a real port, or of nothing, and does wrong what it is told to do wrong.
    public sealed class FaultyServer : IDisposable
    {
        private readonly Socket listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly ConcurrentBag<Socket> open = new ConcurrentBag<Socket>();
        private readonly ServerFault fault;
        private readonly IPEndPoint target;
        private readonly int answers;
        private int vanished;

        public FaultyServer(ServerFault fault, IPEndPoint listen, IPEndPoint target, int answers)
        {
            this.fault = fault;
            this.target = target;
            this.answers = answers;
            listener.Bind(listen);
            listener.Listen(fault == ServerFault.BacklogFull ? 0 : 128);
            Port = ((IPEndPoint)listener.LocalEndPoint).Port;
            Server = Port + "@" + listen.Address;
            if (fault == ServerFault.BacklogFull)
            {
                // The system takes one or two more than it is told to.
                for (int n = 0; n < 4; n++)
                {
                    var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                    open.Add(filler);
                    try { filler.Connect(listener.LocalEndPoint); } catch (SocketException) { }
                }
            }
            else
            {
                _ = AcceptAsync();
            }
        }

        public int Port { get; private set; }

        public string Server { get; private set; }

        public int Connections { get; private set; }

        // Why the fault could not be made; null if all is as it should be.
        public string Trouble { get; private set; }

        public void Dispose()
        {
            listener.Dispose();
            foreach (Socket socket in open) { socket.Dispose(); }
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    Socket client = await listener.AcceptAsync();
                    Connections++;
                    open.Add(client);
                    _ = ServeAsync(client);
                }
            }
            catch (SocketException) { }
            catch (ObjectDisposedException) { }
        }

        private async Task ServeAsync(Socket client)
        {
            try
            {
                switch (fault)
                {
                    case ServerFault.ResetOnAccept:
                        client.Close(0);
                        return;
                    case ServerFault.Garbage:
                        // The same bytes each time.
                        var bytes = new byte[4096];
                        new Random(6).NextBytes(bytes);
                        await client.SendAsync(new ArraySegment<byte>(bytes), SocketFlags.None);
                        await DrainAsync(client);
                        return;
                    case ServerFault.Http:
                        byte[] text = Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html><body>" + new string('x', 512) + "</body></html>\r\n");
                        await client.SendAsync(new ArraySegment<byte>(text), SocketFlags.None);
                        await DrainAsync(client);
                        return;
                    default:
                        await RelayAsync(client);
                        return;
                }
            }
            catch (SocketException) { client.Dispose(); }
            catch (ObjectDisposedException) { }
        }

        private static async Task DrainAsync(Socket client)
        {
            var chunk = new byte[65536];
            while (await client.ReceiveAsync(new ArraySegment<byte>(chunk), SocketFlags.None) > 0) { }
            client.Dispose();
        }

        private async Task RelayAsync(Socket client)
        {
            var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            open.Add(server);
            await server.ConnectAsync(target);
            _ = PumpAsync(client, server);
            var chunk = new byte[65536];
            for (int passed = 0; ; passed++)
            {
                int count = await server.ReceiveAsync(new ArraySegment<byte>(chunk), SocketFlags.None);
                if (count == 0) { client.Dispose(); return; }
                if (passed == answers)
                {
                    await client.SendAsync(new ArraySegment<byte>(chunk, 0, count / 2), SocketFlags.None);
                    await FailAsync(client, server, chunk, count);
                    return;
                }

                await client.SendAsync(new ArraySegment<byte>(chunk, 0, count), SocketFlags.None);
            }
        }

        private async Task FailAsync(Socket client, Socket server, byte[] chunk, int count)
        {
            switch (fault)
            {
                case ServerFault.ResetInAnswer:
                    client.Close(0);
                    server.Dispose();
                    break;
                case ServerFault.CloseInAnswer:
                    client.Shutdown(SocketShutdown.Send);
                    server.Dispose();
                    await DrainAsync(client);
                    break;
                case ServerFault.VanishInAnswer:
                    // From here on nothing arrives on either side, not even that this side has closed.
                    Vanish();
                    await client.SendAsync(new ArraySegment<byte>(chunk, count / 2, count - count / 2), SocketFlags.None);
                    client.Dispose();
                    server.Dispose();
                    break;
                default:
                    break;
            }
        }

        private void Vanish()
        {
            if (System.Threading.Interlocked.Exchange(ref vanished, 1) != 0) { return; }
            foreach (string side in new[] { "sport", "dport" })
            {
                using (Process nft = Process.Start("nft", "add rule inet faults input tcp " + side + " " + Port + " drop"))
                {
                    nft.WaitForExit();
                    if (nft.ExitCode != 0) { Trouble = "nft ended with " + nft.ExitCode; }
                }
            }
        }

        private async Task PumpAsync(Socket from, Socket to)
        {
            var chunk = new byte[65536];
            try
            {
                int count;
                while ((count = await from.ReceiveAsync(new ArraySegment<byte>(chunk), SocketFlags.None)) > 0)
                {
                    await to.SendAsync(new ArraySegment<byte>(chunk, 0, count), SocketFlags.None);
                }

                to.Dispose();
            }
            catch (SocketException) { to.Dispose(); }
            catch (ObjectDisposedException) { }
        }
    }
}
