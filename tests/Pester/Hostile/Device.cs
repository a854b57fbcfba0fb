// HostileText.Tests.ps1 compiles this file with the others of this folder: a controller and a license server with harmful
// names. They follow the description of the protocols and use no code of the product. The language is C# 5, as in Add-Type
// of Windows PowerShell.
using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Hostile
{
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

        /// <summary>Sends its settings to the group without a request.</summary>
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
}
