using System.Diagnostics;
using System.Net;
using System.Threading;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.Simulation.IcePap;

/// <summary>
/// One simulated motor controller: its running settings, the settings in its flash, and its counts. Its
/// <see cref="IcePapSimulator"/> drives it.
/// </summary>
public sealed class SimulatedIcePap
{
    // Represents the contents of the memory after the field. On the wire, the field still has 24 bytes.
    private const string WhatStandsBehind = "?";

    private readonly object changing = new();
    private IcePapConfiguration running;
    private IcePapConfiguration flash;
    private Stopwatch? rebooting;
    private ushort packetNumber;
    private long requests;
    private long updates;
    private long acknowledgements;
    private long crashes;
    private volatile bool isOff;

    internal SimulatedIcePap(IcePapSimulator simulator, IcePapConfiguration settings)
    {
        Simulator = simulator;
        MacAddress = settings.MacAddress;
        running = flash = new IcePapConfiguration(settings) { DeviceId = settings.MacAddress, Apply = IcePapApply.None };
    }

    /// <summary>Hardware address. It cannot be changed.</summary>
    public MacAddress MacAddress { get; }

    /// <summary>
    /// Current hostname of the device. With firmware of 2007, a question mark after a name of 24 characters represents the
    /// appended bytes.
    /// </summary>
    public string Hostname => Is2007 && IcePapHostname.IsFullLength(Running.Hostname) ? Running.Hostname + WhatStandsBehind : Running.Hostname;

    /// <summary>Current address of the device. It is reported but not used for settings: these go through the group.</summary>
    public IPAddress IPAddress => Running.IPAddress;

    /// <summary>Current netmask of the device.</summary>
    public IPAddress Netmask => Running.Netmask;

    /// <summary>Current gateway of the device.</summary>
    public IPAddress Gateway => Running.Gateway;

    /// <summary>Current broadcast address of the device.</summary>
    public IPAddress Broadcast => Running.Broadcast;

    /// <summary>Name of the device's interface.</summary>
    public string Interface => Simulator.Interface.Name;

    /// <summary>Present state of the device.</summary>
    public SimulatedIcePapState State =>
        Simulator.IsStopped || isOff ? SimulatedIcePapState.Stopped : IsRebooting ? SimulatedIcePapState.Rebooting : SimulatedIcePapState.Running;

    /// <summary>Number of requests for its configuration that reached it.</summary>
    public long RequestCount => Interlocked.Read(ref requests);

    /// <summary>Number of updates addressed to it that reached it.</summary>
    public long UpdateCount => Interlocked.Read(ref updates);

    /// <summary>Number of acknowledgements that it sent.</summary>
    public long AcknowledgementCount => Interlocked.Read(ref acknowledgements);

    /// <summary>
    /// Number of malformed packets that reached it. Each would have crashed the listener of a real device. The simulated device
    /// continues. Firmware of 2007 checks what it reads, so it counts none.
    /// </summary>
    public long CrashCount => Is2007 ? 0 : Interlocked.Read(ref crashes) + Simulator.MalformedCount;

    internal IcePapSimulator Simulator { get; }

    /// <summary>The version that its controller tells.</summary>
    internal string FirmwareVersion => Is2007 ? "1.16" : "3.23";

    private bool Is2007 => Simulator.Options.Firmware == SimulatedFirmware.Firmware2007;

    private bool IsRebooting
    {
        get
        {
            lock (changing)
            {
                return rebooting is not null && rebooting.Elapsed < Simulator.Options.RebootTime;
            }
        }
    }

    private IcePapConfiguration Running
    {
        get
        {
            lock (changing)
            {
                FinishReboot();
                return running;
            }
        }
    }

    /// <summary>The device as <c>icepap-0c9f3a (172.24.159.58, 00:0c:c6:0c:9f:3a)</c>.</summary>
    public override string ToString() => $"{Hostname} ({IPAddress}, {MacAddress})";

    /// <summary>Switches the power off and on. The device starts with the settings in its flash.</summary>
    internal void PowerCycle()
    {
        lock (changing)
        {
            rebooting = Stopwatch.StartNew();
        }
    }

    /// <summary>Removes the device.</summary>
    internal void SwitchOff() => isOff = true;

    /// <summary>The device's answer to a packet; null if it does not answer.</summary>
    internal IcePapPacket? Answer(IcePapPacket packet)
    {
        lock (changing)
        {
            if (IsRebooting)
            {
                return null;
            }

            FinishReboot();
            return packet.Command switch
            {
                IcePapCommand.REQUEST_CONFIG => AnswerRequest(packet),
                IcePapCommand.UPDATE_CONFIG when !packet.IsBroadcast => AnswerUpdate(packet),
                _ => null,
            };
        }
    }

    private void FinishReboot()
    {
        if (rebooting is not null && rebooting.Elapsed >= Simulator.Options.RebootTime)
        {
            rebooting = null;
            running = flash;
            Simulator.Follow(this);
        }
    }

    private IcePapPacket AnswerRequest(IcePapPacket packet)
    {
        Interlocked.Increment(ref requests);
        return IcePapPacket.ToDevice(MacAddress, packet.Source, Is2007 ? (ushort)0 : NextPacketNumber(), IcePapCommand.SEND_CONFIG, running);
    }

    private IcePapPacket? AnswerUpdate(IcePapPacket packet)
    {
        Interlocked.Increment(ref updates);
        if (packet.Payload is not IcePapConfiguration wanted)
        {
            // The header is valid, but the payload is not what the listener expects.
            Interlocked.Increment(ref crashes);
            return Is2007 ? Acknowledge(packet, IcePapAcknowledgementCode.ERR_SIZE_PACK) : null;
        }

        if (Is2007 && !IsGatewayInSubnet(wanted))
        {
            return Acknowledge(packet, IcePapAcknowledgementCode.ERR_BAD_GW);
        }

        // Read once, because the options can change at any time.
        IcePapSimulatorOptions options = Simulator.Options;
        bool isTaken = options.Acknowledgement is null or IcePapAcknowledgementCode.OK;
        if (isTaken)
        {
            Take(wanted);
        }

        IcePapAcknowledgementCode? answer = (wanted.Apply & IcePapApply.Reboot) != 0 ? null : options.Acknowledgement;
        options.Updated?.Invoke(new SimulatedIcePapUpdate(MacAddress, packet.PacketNumber, wanted, isTaken, answer, running, flash));
        return answer is { } code ? Acknowledge(packet, code) : null;
    }

    private static bool IsGatewayInSubnet(IcePapConfiguration wanted)
    {
        uint netmask = IPv4.ToUInt32(wanted.Netmask);
        return (IPv4.ToUInt32(wanted.Gateway) & netmask) == (IPv4.ToUInt32(wanted.IPAddress) & netmask);
    }

    private IcePapPacket Acknowledge(IcePapPacket packet, IcePapAcknowledgementCode code)
    {
        Interlocked.Increment(ref acknowledgements);
        return IcePapPacket.ToDevice(
            MacAddress, packet.Source, NextPacketNumber(), IcePapCommand.UPDATE_CONFIG_ACK, new IcePapAcknowledgement(packet.PacketNumber, code));
    }

    // Without any flag, the settings do not change.
    private void Take(IcePapConfiguration wanted)
    {
        IcePapConfiguration settings = new IcePapConfiguration(wanted) { DeviceId = MacAddress, MacAddress = MacAddress, Apply = IcePapApply.None };
        if (Is2007)
        {
            settings = new IcePapConfiguration(settings) { Broadcast = IcePapBroadcast.OfWholeOctets(settings.IPAddress, settings.Netmask) };
        }

        if ((wanted.Apply & IcePapApply.Flash) != 0)
        {
            flash = settings;
        }

        if ((wanted.Apply & IcePapApply.Dynamic) != 0)
        {
            running = settings;
            Simulator.Follow(this);
        }

        if ((wanted.Apply & IcePapApply.Reboot) != 0)
        {
            rebooting = Stopwatch.StartNew();
        }
    }

    private ushort NextPacketNumber() => unchecked(packetNumber++);
}
