// HostileText.Tests.ps1 compiles this file with the others of this folder: a controller and a license server with harmful
// names. They follow the description of the protocols and use no code of the product. The language is C# 5, as in Add-Type
// of Windows PowerShell.
using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Hostile
{
    /// <summary>A license server of the new generation: lmgrd and one vendor daemon that uses the given names in all its answers.</summary>
    public sealed partial class LicenseServer : IDisposable
    {
        private readonly TcpListener manager = new TcpListener(IPAddress.Loopback, 0);
        private readonly TcpListener daemon = new TcpListener(IPAddress.Loopback, 0);

        public string ManagerHost = "127.0.0.1";
        public string DaemonHost = "127.0.0.1";
        public string DaemonName = "lmgrd";
        public string Path = "/lic";
        public string Vendor = "vend";
        public string OtherDaemon = "";
        public string Feature = "f";
        public string License = "";
        public string User = "user";
        public string Host = "host";
        public string Display = "display";
        public string Version = "1.0";
        public string Group = "group";

        /// <summary>Error that answers every request after the hello; 0 for real answers.</summary>
        public int Error;

        /// <summary>Number of checkouts in the first status, and in each later one.</summary>
        public int FirstUsers = 1;
        public int Users = 1;
        private int statuses;

        public LicenseServer()
        {
            manager.Start();
            daemon.Start();
            Accept(manager, AnswerOfManager);
            Accept(daemon, AnswerOfDaemon);
        }

        public string Server
        {
            get { return ((IPEndPoint)manager.LocalEndpoint).Port + "@127.0.0.1"; }
        }

        public void Dispose()
        {
            manager.Stop();
            daemon.Stop();
        }

        private static void Accept(TcpListener listener, Func<byte[], List<byte[]>> answer)
        {
            var thread = new Thread(delegate()
            {
                try
                {
                    while (true)
                    {
                        TcpClient client = listener.AcceptTcpClient();
                        var server = new Thread(delegate() { Serve(client, answer); });
                        server.IsBackground = true;
                        server.Start();
                    }
                }
                catch (SocketException)
                {
                }
                catch (InvalidOperationException)
                {
                    // If a listener is stopped between two calls, the next call fails.
                }
            });
            thread.IsBackground = true;
            thread.Start();
        }

        private static void Serve(TcpClient client, Func<byte[], List<byte[]>> answer)
        {
            try
            {
                using (client)
                {
                    NetworkStream stream = client.GetStream();
                    while (true)
                    {
                        byte[] head = Read(stream, 6);
                        int length = head[0] == 0x2F ? head[4] << 8 | head[5] : 147;
                        var message = new List<byte>(head);
                        message.AddRange(Read(stream, length - 6));
                        foreach (byte[] reply in answer(message.ToArray()))
                        {
                            stream.Write(reply, 0, reply.Length);
                        }
                    }
                }
            }
            catch (IOException)
            {
            }
            catch (ObjectDisposedException)
            {
            }
        }

        private static byte[] Read(Stream stream, int count)
        {
            var bytes = new byte[count];
            for (int at = 0; at < count;)
            {
                int read = stream.Read(bytes, at, count - at);
                if (read == 0)
                {
                    throw new EndOfStreamException();
                }

                at += read;
            }

            return bytes;
        }
    }
}
