namespace PSLabNet.FlexLm;

/// <summary>A TCP port that clients of a license server must reach.</summary>
public sealed class FlexLmFirewallPort
{
    internal FlexLmFirewallPort()
    {
    }

    /// <summary>The server, as the caller named it.</summary>
    public string Server { get; internal init; } = string.Empty;

    /// <summary>The host to which clients connect.</summary>
    public string HostName { get; internal init; } = string.Empty;

    /// <summary>The TCP port.</summary>
    public int Port { get; internal init; }

    /// <summary>Always TCP.</summary>
    public string Protocol { get; } = "TCP";

    /// <summary>The daemon that listens there: the license server manager, usually <c>lmgrd</c>, or the name of a vendor daemon.</summary>
    public string Listener { get; internal init; } = string.Empty;

    /// <summary>True if the license file fixes the port; false if the next start of the daemon may change it.</summary>
    public bool IsFixed { get; internal init; }

    /// <summary>What decides on the port, and how to fix one that is not fixed.</summary>
    public string Origin { get; internal init; } = string.Empty;

    /// <summary>The port in one line.</summary>
    /// <returns>For example <c>TCP 27000 on lic1 (lmgrd)</c>.</returns>
    public override string ToString() => System.FormattableString.Invariant($"{Protocol} {Port} on {HostName} ({Listener})");
}
