// HostileText.Tests.ps1 compiles this file with the others of this folder: a controller and a license server with harmful
// names. They follow the description of the protocols and use no code of the product. The language is C# 5, as in Add-Type
// of Windows PowerShell.
using System.Collections.Generic;
using System.Net;
using System.Text;
using System.Threading;

namespace Hostile
{
    /// <content>Its messages, and its answer to each request.</content>
    public sealed partial class LicenseServer
    {
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
