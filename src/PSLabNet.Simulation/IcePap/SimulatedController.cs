using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Details;
using PSLabNet.Net;

namespace PSLabNet.Simulation.IcePap;

/// <summary>
/// The controller behind a simulated device: it answers over TCP which firmware, racks and drivers it has. It listens on its own
/// address if that is one of this machine's; on loopback otherwise on the same address with 127 as its first number.
/// </summary>
internal sealed class SimulatedController : IDisposable
{
    private const string EndOfLine = "\r\n";
    private const string NotRecognised = "ERROR Command not recognised";
    private const int LongestRequest = 1024;
    private const int Backlog = 16;
    private const int Racks = 1;
    private const string AllDrivers = "0xFF";

    private readonly SimulatedIcePap device;
    private readonly Socket listener;
    private readonly CancellationTokenSource stopping = new();

    private SimulatedController(SimulatedIcePap device, Socket listener, IPAddress address)
    {
        this.device = device;
        this.listener = listener;
        Address = address;
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPAddress Address { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="device">The device.</param>
    /// <param name="port">The port.</param>
    /// <param name="address">The address, from <see cref="AddressOf"/>.</param>
    /// <returns>Null if another program or another device has the address.</returns>
    public static SimulatedController? Start(SimulatedIcePap device, int port, IPAddress address)
    {
        Socket? listener = null;
        try
        {
            listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(address, port));
            listener.Listen(Backlog);
            return new SimulatedController(device, listener, address);
        }
        catch (SocketException)
        {
            // As a controller whose port is closed.
            listener?.Dispose();
            return null;
        }
    }

    /// <summary>The address on which a device with an IP address listens; null for none.</summary>
    /// <param name="address">The IP address of the device.</param>
    /// <param name="local">The interface of the device.</param>
    /// <param name="own">The addresses of this machine.</param>
    public static IPAddress? AddressOf(IPAddress address, LocalInterface local, ISet<IPAddress> own) =>
        own.Contains(address) ? address
        : local.IsLoopback && !address.Equals(IPAddress.Any) ? ControllerAddress.OnLoopback(address)
        : null;

    public void Dispose()
    {
        stopping.Cancel();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Socket client = await listener.AcceptAsync().ConfigureAwait(false);
                _ = Task.Run(() => TalkAsync(client));
            }
            catch (Exception e) when (e is ObjectDisposedException or NullReferenceException || stopping.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException)
            {
                // The client has gone already.
            }
        }
    }

    private async Task TalkAsync(Socket client)
    {
        using (client)
        using (stopping.Token.Register(client.Dispose))
        {
            try
            {
                await AnswerAllAsync(client).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or NullReferenceException)
            {
                // The client has gone, or the device was stopped.
            }
        }
    }

    private async Task AnswerAllAsync(Socket client)
    {
        var request = new StringBuilder();
        var buffer = new byte[LongestRequest];
        while (device.State == SimulatedIcePapState.Running && request.Length <= LongestRequest)
        {
            int count = await client.ReceiveAsync(new ArraySegment<byte>(buffer), SocketFlags.None).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            var answers = new StringBuilder();
            foreach (char character in Encoding.ASCII.GetString(buffer, 0, count))
            {
                if (character is not ('\r' or '\n'))
                {
                    request.Append(character);
                }
                else
                {
                    answers.Append(Answer(request.ToString().Trim()));
                    request.Clear();
                }
            }

            if (answers.Length > 0)
            {
                await client.SendAsync(new ArraySegment<byte>(Encoding.ASCII.GetBytes(answers.ToString())), SocketFlags.None).ConfigureAwait(false);
            }
        }
    }

    // Only questions have an answer.
    private string Answer(string request)
    {
        string[] words = request.ToUpperInvariant().Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].IndexOf('?') < 0)
        {
            return string.Empty;
        }

        string value = string.Join(" ", words) switch
        {
            ControllerProtocol.Version => device.FirmwareVersion,
            ControllerProtocol.Identification or ControllerProtocol.MasterIdentification => Identification,
            ControllerProtocol.SystemStatus => string.Format(CultureInfo.InvariantCulture, "0x{0:X4}", (1 << Racks) - 1),
            ControllerProtocol.SystemStatus + " 0" => $"{AllDrivers} {AllDrivers}",
            _ => NotRecognised,
        };
        return $"{words[0]} {value}{EndOfLine}";
    }

    private string Identification
    {
        get
        {
            byte[] bytes = device.MacAddress.GetAddressBytes();
            return string.Format(CultureInfo.InvariantCulture, "0008.{0:X2}{1:X2}.{2:X2}{3:X2}", bytes[2], bytes[3], bytes[4], bytes[5]);
        }
    }
}
