using System.Collections.Generic;
using System.Net;

namespace PSLabNet.IcePap;

/// <summary>
/// A planned or a found device, compared. Its settings are as they should be: those of the plan, and those of the device where the
/// plan has none.
/// </summary>
public sealed record IcePapNetworkState
{
    /// <summary>MAC address of the device.</summary>
    public MacAddress MacAddress { get; init; }

    /// <summary>Hostname, as planned; null if it is neither planned nor known.</summary>
    public string? Hostname { get; init; }

    /// <summary>IP address, as planned.</summary>
    public IPAddress? IPAddress { get; init; }

    /// <summary>Netmask, as planned.</summary>
    public IPAddress? Netmask { get; init; }

    /// <summary>Gateway, as planned.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Broadcast address, as planned.</summary>
    public IPAddress? Broadcast { get; init; }

    /// <summary>How the device compares with the plan.</summary>
    public IcePapPlanState State { get; init; }

    /// <summary>The settings that differ from the plan, each with its present and its planned value.</summary>
    public IReadOnlyList<IcePapSettingChange> Changes { get; init; } = ResultCollection<IcePapSettingChange>.None;

    /// <summary>Whether the hostname leads to the IP address in the name service.</summary>
    public IcePapAgreement Dns { get; init; }

    /// <summary>Whether the IP address leads to the hostname in the name service.</summary>
    public IcePapAgreement Reverse { get; init; }

    /// <summary>The other devices that have, or would have, the same IP address or the same hostname; at most 16 of each.</summary>
    public IReadOnlyList<MacAddress> DuplicateOf { get; init; } = ResultCollection<MacAddress>.None;

    /// <summary>Whether a machine that is no IcePAP has the IP address. Null if that can't be told from here.</summary>
    public bool? ForeignHost { get; init; }

    /// <summary>Whether the gateway answers. Null if that can't be told from here.</summary>
    public bool? GatewayAnswers { get; init; }

    /// <summary>Whether the present IP address of the device, or the planned one of a missing device, answers. Null if that can't be told from here.</summary>
    public bool? IsReachable { get; init; }

    /// <summary>What is wrong, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = ResultCollection<string>.None;

    /// <summary>The device as it answered; null if it is missing.</summary>
    public IcePapDevice? Device { get; init; }

    /// <summary>The device as <c>iceeu4 (172.24.155.222, 00:0c:c6:69:13:2d): AsPlanned</c>.</summary>
    public override string ToString() => $"{Hostname} ({IPAddress}, {MacAddress}): {State}";
}
