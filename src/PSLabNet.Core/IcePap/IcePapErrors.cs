using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Text;

namespace PSLabNet.IcePap;

/// <summary>An operation on one device failed.</summary>
public abstract class IcePapException : Exception
{
    private protected IcePapException(MacAddress device, string message)
        : base(message) => Device = device;

    /// <summary>The device.</summary>
    public MacAddress Device { get; }
}

/// <summary>No device with this address answered.</summary>
public sealed class IcePapNotFoundException : IcePapException
{
    /// <summary>Creates the exception for a device.</summary>
    /// <param name="device">The requested address.</param>
    internal IcePapNotFoundException(MacAddress device)
        : base(device, $"No IcePAP with the MAC address {device} answered.") => Sought = device.ToString();

    /// <summary>Creates the exception for a device.</summary>
    /// <param name="hostname">The requested hostname.</param>
    internal IcePapNotFoundException(string hostname)
        : base(default, $"No IcePAP with the hostname '{PrintableText.Escape(hostname)}' answered.") => Sought = hostname;

    /// <summary>Creates the exception for a device.</summary>
    /// <param name="address">The requested IP address.</param>
    internal IcePapNotFoundException(IPAddress address)
        : base(default, $"No IcePAP with the IP address {address} answered.") => Sought = $"{address}";

    /// <summary>The requested MAC address, hostname or IP address.</summary>
    public string Sought { get; }
}

/// <summary>Settings that must not be sent.</summary>
public sealed class IcePapInvalidSettingsException : IcePapException
{
    /// <summary>Creates the exception with the wrong settings and the reasons.</summary>
    /// <param name="device">The device that should have received them.</param>
    /// <param name="problems">One sentence for each.</param>
    internal IcePapInvalidSettingsException(MacAddress device, IReadOnlyList<string> problems)
        : base(device, $"These settings can't be sent to {device}. {string.Join(" ", problems ?? [])}") => Problems = (problems ?? []).ToIndexable();

    /// <summary>Which settings are wrong, and why, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }
}

/// <summary>A configuration without any action: the device would do nothing with it.</summary>
public sealed class IcePapNothingToApplyException : IcePapException
{
    /// <summary>Creates the exception for a device.</summary>
    /// <param name="device">The device that should have received the settings.</param>
    internal IcePapNothingToApplyException(MacAddress device)
        : base(device, $"Nothing was sent to {device}: a configuration with neither Dynamic nor Flash nor Reboot does nothing on the device.")
    {
    }
}

/// <summary>The device did not acknowledge.</summary>
public sealed class IcePapNoAcknowledgementException : IcePapException
{
    /// <summary>Creates the exception with the number of attempts.</summary>
    /// <param name="device">The device.</param>
    /// <param name="sent">Number of times that the configuration was sent.</param>
    internal IcePapNoAcknowledgementException(MacAddress device, int sent)
        : base(device, string.Format(CultureInfo.InvariantCulture, "{0} did not acknowledge the settings, sent {1} times. It may have taken them all the same: Find-IcePap tells.", device, sent)) => Sent = sent;

    /// <summary>Number of times that the configuration was sent.</summary>
    public int Sent { get; }
}

/// <summary>The device acknowledged with an error.</summary>
public sealed class IcePapRejectedException : IcePapException
{
    /// <summary>Creates the exception with the error.</summary>
    /// <param name="device">The device.</param>
    /// <param name="code">The error code of the device.</param>
    internal IcePapRejectedException(MacAddress device, IcePapAcknowledgementCode code)
        : base(device, string.Format(CultureInfo.InvariantCulture, "{0} rejected the settings: {1} (0x{2:x4}).", device, code, (ushort)code)) => Code = code;

    /// <summary>The error code of the device.</summary>
    public IcePapAcknowledgementCode Code { get; }
}

/// <summary>The device was read back and does not have the settings that were sent.</summary>
public sealed class IcePapVerificationException : IcePapException
{
    /// <summary>Creates the exception with the expected and the found settings.</summary>
    /// <param name="expected">The settings that were sent.</param>
    /// <param name="found">The device's answer, or null if it did not answer.</param>
    /// <param name="device">The device.</param>
    internal IcePapVerificationException(MacAddress device, IcePapConfiguration expected, IcePapDevice? found)
        : base(device, found is null
            ? $"{device} took the settings but did not answer when they were to be read back."
            : $"{device} does not have the settings that were sent: {string.Join("; ", IcePapSettingChange.Between(found.Configuration, expected).Select(change => $"{change.Setting} is {change.Old}, expected {change.New}"))}.")
    {
        Expected = expected;
        Found = found;
    }

    /// <summary>The settings that were sent.</summary>
    public IcePapConfiguration Expected { get; }

    /// <summary>The device's answer, or null if it did not answer.</summary>
    public IcePapDevice? Found { get; }
}

/// <summary>The device was changed by another program or user between the plan and the update.</summary>
public sealed class IcePapChangedMeanwhileException : IcePapException
{
    /// <summary>Creates the exception with the changes.</summary>
    /// <param name="device">The device.</param>
    /// <param name="changes">Each setting: its value when the update was planned, and its value now.</param>
    internal IcePapChangedMeanwhileException(MacAddress device, IReadOnlyList<IcePapSettingChange> changes)
        : base(device, $"Nothing was sent to {device}: it has changed since it was read. {string.Join("; ", changes ?? [])}.") => Changes = (changes ?? []).ToIndexable();

    /// <summary>Each setting: its value when the update was planned, and its value now.</summary>
    public IReadOnlyList<IcePapSettingChange> Changes { get; }
}

/// <summary>Two devices answer with the same MAC address. An update would reach both.</summary>
public sealed class IcePapDuplicateDeviceException : IcePapException
{
    /// <summary>Creates the exception for an address.</summary>
    /// <param name="device">The address.</param>
    /// <param name="answers">Two answers that cannot come from one device.</param>
    internal IcePapDuplicateDeviceException(MacAddress device, IReadOnlyList<IcePapDevice> answers)
        : base(device, $"Nothing was sent to {device}: two devices answer with this MAC address, {string.Join(" and ", (answers ?? []).Select(answer => $"{answer.Hostname} ({answer.IPAddress}) from {answer.RemoteAddress} on {answer.Interface}"))}.") => Answers = (answers ?? []).ToIndexable();

    /// <summary>Two answers that cannot come from one device.</summary>
    public IReadOnlyList<IcePapDevice> Answers { get; }
}

/// <summary>Two devices have, or would have, one IP address, because one of them did not leave it as planned.</summary>
public sealed class IcePapAddressConflictException : IcePapException
{
    /// <summary>Names both devices.</summary>
    /// <param name="device">The device that was to have the address.</param>
    /// <param name="other">The device that did not leave it, as it answered before.</param>
    /// <param name="message">What was done about it, and what to do.</param>
    internal IcePapAddressConflictException(MacAddress device, IcePapDevice other, string message)
        : base(device, message)
    {
        Other = other.MacAddress;
        IPAddress = other.IPAddress;
    }

    /// <summary>The device that did not leave the address.</summary>
    public MacAddress Other { get; }

    /// <summary>The address.</summary>
    public IPAddress IPAddress { get; }
}

/// <summary>The new IP address of a device is that of another device, or of a machine that is no IcePAP. Nothing was sent.</summary>
public sealed class IcePapAddressInUseException : IcePapException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="device">The device that was to have the address.</param>
    /// <param name="address">The address.</param>
    /// <param name="owner">Who has it, or would have it.</param>
    /// <param name="isDevice">Whether that is an IcePAP, now or in the same plan.</param>
    internal IcePapAddressInUseException(IcePapDevice device, IPAddress address, MacAddress owner, bool isDevice)
        : base(device.MacAddress, $"Nothing was sent to {device}. {Explain(device, address, owner, isDevice)}")
    {
        IPAddress = address;
        Owner = owner;
        Reason = Explain(device, address, owner, isDevice);
    }

    /// <summary>The address.</summary>
    public IPAddress IPAddress { get; }

    /// <summary>The MAC address of the device or the machine that has it.</summary>
    public MacAddress Owner { get; }

    /// <summary>Why the address can't be used.</summary>
    internal string Reason { get; }

    private static string Explain(IcePapDevice device, IPAddress address, MacAddress owner, bool isDevice) => isDevice
        ? $"{device} and {owner} would both have the IP address {address}. Two devices with the same address cannot be reached."
        : $"A machine that is no IcePAP ({owner}) has the IP address {address}.";
}

/// <summary>The multicast group cannot be joined: no interface can join it, or another program has exclusive use of the port.</summary>
public sealed class IcePapNetworkException : Exception
{
    /// <summary>Creates the exception with the reason.</summary>
    /// <param name="message">The reason, and what to do.</param>
    /// <param name="inner">The exception that caused this one, usually the socket's; or null.</param>
    internal IcePapNetworkException(string message, Exception? inner)
        : base(message, inner) => SocketError = (inner as SocketException)?.SocketErrorCode ?? SocketError.Success;

    /// <summary>The socket's error; Success if there was none.</summary>
    public SocketError SocketError { get; }

    /// <summary>True if another program holds the port.</summary>
    public bool IsPortInUse => SocketError is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;
}
