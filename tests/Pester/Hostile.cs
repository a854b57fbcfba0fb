// Compiled by HostileText.Tests.ps1: a controller and a license server whose names mean harm, written from the description of
// the protocols and not with the product's own code. C# 5, as Add-Type of Windows PowerShell has it.
using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace Hostile
{
    public static class Bytes
    {
        // Characters from U+E000 to U+E0FF stand for one byte each, so that what is no UTF-8 can be written down too.
        public static byte[] Of(string text)
        {
            var bytes = new List<byte>();
            for (int at = 0; at < text.Length; at++)
            {
                if (text[at] >= '\uE000' && text[at] <= '\uE0FF')
                {
                    bytes.Add((byte)text[at]);
                }
                else
                {
                    int count = char.IsHighSurrogate(text[at]) ? 2 : 1;
                    bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(at, count)));
                    at += count - 1;
                }
            }

            return bytes.ToArray();
        }

        public static void Big(List<byte> bytes, long value, int size)
        {
            for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
            {
                bytes.Add((byte)(value >> shift));
            }
        }

        // Bit by bit, least significant first; the polynomial is reflected.
        public static uint Crc(IList<byte> bytes, int from, uint polynomial, uint start)
        {
            uint crc = start;
            for (int at = from; at < bytes.Count; at++)
            {
                crc ^= bytes[at];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ polynomial : crc >> 1;
                }
            }

            return crc;
        }
    }

    /// <summary>An IcePAP on loopback: answers discovery, acknowledges updates, and changes nothing.</summary>
    public sealed class Device : IDisposable
    {
        private static readonly IPEndPoint Group = new IPEndPoint(IPAddress.Parse("225.0.0.37"), 12345);
        private readonly Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly byte[] mac;
        private readonly byte[] hostname;

        public Device(byte[] mac, string hostname)
        {
            this.mac = mac;
            this.hostname = Bytes.Of(hostname);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.Any, Group.Port));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(Group.Address, IPAddress.Loopback));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
            var thread = new Thread(Run);
            thread.IsBackground = true;
            thread.Start();
        }

        public int Updates;

        public void Dispose()
        {
            socket.Close();
        }

        /// <summary>Tells the group its settings without being asked.</summary>
        public void Speak()
        {
            Send(new byte[] { 0, 0xD1, 0x5E, 0xA5, 0xED, 0 }, 1, 3, Configuration());
        }

        private void Run()
        {
            var packet = new byte[2048];
            try
            {
                while (true)
                {
                    int count = socket.Receive(packet);
                    int command = count < 18 ? 0 : packet[10] | packet[11] << 8;
                    var sender = new byte[6];
                    Array.Copy(packet, sender, 6);
                    if (command == 2)
                    {
                        Send(sender, packet[8] | packet[9] << 8, 3, Configuration());
                    }
                    else if (command == 0x0F && packet[6] == 1 && IsMine(packet))
                    {
                        Updates++;
                        Send(sender, 7, 0x10, new byte[] { packet[8], packet[9], 0, 0 });
                    }
                }
            }
            catch (SocketException)
            {
            }
            catch (ObjectDisposedException)
            {
            }
        }

        private bool IsMine(byte[] packet)
        {
            for (int at = 0; at < 6; at++)
            {
                if (packet[14 + at] != mac[at])
                {
                    return false;
                }
            }

            return true;
        }

        private byte[] Configuration()
        {
            var bytes = new List<byte>(mac);
            bytes.AddRange(new byte[] { 10, 9, 8, 7, 10, 9, 8, 255, 255, 255, 255, 0, 10, 9, 8, 1 });
            bytes.AddRange(mac);
            bytes.AddRange(new byte[4]);
            bytes.AddRange(hostname);
            bytes.AddRange(new byte[24 - hostname.Length]);
            return bytes.ToArray();
        }

        private void Send(byte[] target, int number, int command, byte[] payload)
        {
            var bytes = new List<byte>(mac);
            foreach (int field in new[] { 1, number, command, payload.Length })
            {
                bytes.Add((byte)field);
                bytes.Add((byte)(field >> 8));
            }

            bytes.AddRange(target);
            bytes.AddRange(payload);
            uint crc = ~Bytes.Crc(bytes, 0, 0xEDB88320, 0xFFFFFFFF);
            for (int shift = 0; shift < 32; shift += 8)
            {
                bytes.Add((byte)(crc >> shift));
            }

            socket.SendTo(bytes.ToArray(), Group);
        }
    }

    /// <summary>A license server of the new generation: lmgrd and one vendor daemon that says everything with the names it is given.</summary>
    public sealed class LicenseServer : IDisposable
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

        /// <summary>The daemon answers everything after hello with this error; 0 for answers.</summary>
        public int Error;

        /// <summary>Checkouts in the first status, and in each after it.</summary>
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
                    // A listener that is stopped between two calls says so to the next.
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

        private static byte[] Frame(int type, List<byte> data)
        {
            var rest = new List<byte>();
            Bytes.Big(rest, data.Count + 20, 2);
            Bytes.Big(rest, type, 2);
            Bytes.Big(rest, 1700000000, 4);
            rest.AddRange(new byte[8]);
            rest.AddRange(data);
            var frame = new List<byte> { 0x2F, 0 };
            Bytes.Big(frame, Bytes.Crc(rest, 0, 0x3A5D, 0), 2);
            frame.AddRange(rest);
            int sum = 0;
            for (int at = 0; at < 20; at++)
            {
                sum += frame[at];
            }

            frame[1] = (byte)sum;
            return frame.ToArray();
        }

        private static byte[] Old(char kind, string text)
        {
            var bytes = new byte[147];
            bytes[0] = (byte)kind;
            Encoding.ASCII.GetBytes(text).CopyTo(bytes, 2);
            int sum = 0;
            foreach (byte one in bytes)
            {
                sum += one;
            }

            bytes[1] = (byte)sum;
            return bytes;
        }

        private static List<byte> Texts(params string[] texts)
        {
            var bytes = new List<byte>();
            foreach (string text in texts)
            {
                bytes.AddRange(Bytes.Of(text));
                bytes.Add(0);
            }

            return bytes;
        }

        private static List<byte[]> Text(string text)
        {
            List<byte> data = Texts(text);
            var whole = new List<byte> { 0, 0 };
            Bytes.Big(whole, data.Count, 2);
            whole.AddRange(data);
            return new List<byte[]> { Frame(0x0146, whole) };
        }

        private static byte[] Hello(string host, string name)
        {
            var data = new List<byte> { 11, 19, 0, 0 };
            data.AddRange(Texts(host, name));
            return Frame(0x010E, data);
        }

        private List<byte[]> AnswerOfManager(byte[] request)
        {
            if (request[0] != 0x2F)
            {
                if (request[58] == 0)
                {
                    return new List<byte[]> { Hello(ManagerHost, DaemonName) };
                }

                List<byte> place = Texts(DaemonHost);
                Bytes.Big(place, ((IPEndPoint)daemon.LocalEndpoint).Port, 4);
                place.AddRange(new byte[7]);
                return new List<byte[]> { Frame(0x0113, place) };
            }

            string[] words = Encoding.ASCII.GetString(request, 22, request.Length - 22).Split('\0');
            return Text(words[4] == "dlist" ? Vendor : words[4] == "getpaths" ? Path : License);
        }

        private List<byte[]> AnswerOfDaemon(byte[] request)
        {
            if (request[0] != 0x2F)
            {
                return new List<byte[]> { Hello("127.0.0.1", OtherDaemon) };
            }

            if (Error != 0)
            {
                return new List<byte[]> { Old('W', Error.ToString(System.Globalization.CultureInfo.InvariantCulture)) };
            }

            int type = request[6] << 8 | request[7];
            if (type == 0x013B)
            {
                return Text(Feature);
            }

            if (type == 0x0127)
            {
                return new List<byte[]> { Frame(0x0128, new List<byte>()) };
            }

            int users = Interlocked.Increment(ref statuses) == 1 ? FirstUsers : Users;
            var status = new List<byte> { 0, 0 };
            status.AddRange(Texts((users + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), "10", "1700000000"));
            var replies = new List<byte[]> { Frame(0x004E, status) };
            for (int number = 1; number <= users; number++)
            {
                List<byte> usage = Texts(User, Host, Display, Version);
                usage.Add(1);
                Bytes.Big(usage, 0, 4);
                Bytes.Big(usage, 1700000000, 4);
                Bytes.Big(usage, number, 8);
                replies.Add(Frame(0x0114, usage));
            }

            List<byte> reservation = Texts("G" + Group, "", "", "");
            reservation.Add(1);
            reservation.AddRange(new byte[16]);
            replies.Add(Frame(0x0114, reservation));
            return replies;
        }
    }
}
