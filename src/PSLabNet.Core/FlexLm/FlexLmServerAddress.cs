using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PSLabNet.FlexLm;

/// <summary>One host of a license server.</summary>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Port">TCP port of lmgrd; null to try the default ports 27000 to 27009.</param>
public sealed record FlexLmNode(string Host, int? Port)
{
    /// <summary>The node as users write it.</summary>
    /// <returns>For example <c>27000@lic1</c>, <c>@lic1</c> or <c>27000@[::1]</c>.</returns>
    public override string ToString()
    {
        string host = Host.IndexOf(':') >= 0 ? $"[{Host}]" : Host;
        return $"{Port?.ToString(CultureInfo.InvariantCulture)}@{host}";
    }
}

/// <summary>A license server to query: one host, or the hosts of a redundant triad that share one pool of licenses.</summary>
public sealed class FlexLmServerAddress
{
    private readonly FlexLmServerAddress? origin;

    /// <summary>Creates an address from nodes.</summary>
    /// <param name="text">The address as the user wrote it; shown in results.</param>
    /// <param name="nodes">One host, or the hosts of a triad in order.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is no node.</exception>
    public FlexLmServerAddress(string text, IEnumerable<FlexLmNode> nodes)
    {
        Text = text ?? throw new ArgumentNullException(nameof(text));
        Nodes = (nodes ?? throw new ArgumentNullException(nameof(nodes))).ToIndexable();
        if (Nodes.Count == 0)
        {
            throw new ArgumentException("A license server has a host.", nameof(nodes));
        }
    }

    private FlexLmServerAddress(FlexLmNode node, FlexLmServerAddress origin)
        : this(node.ToString(), [node])
    {
        this.origin = origin;
        FoundIn = origin.FoundIn;
    }

    /// <summary>As the user gave it.</summary>
    public string Text { get; }

    /// <summary>One host, or the hosts of a triad in order.</summary>
    public IReadOnlyList<FlexLmNode> Nodes { get; }

    /// <summary>True if there are several nodes.</summary>
    public bool IsTriad => Nodes.Count > 1;

    /// <summary>
    /// True for three names that somebody joined by commas, which may be three servers of their own. A query finds that out.
    /// </summary>
    internal bool IsTriadAssumed { get; init; }

    /// <summary>The address that the user named, where this is one of the servers that it turned out to be; otherwise this.</summary>
    internal FlexLmServerAddress Asked => origin ?? this;

    /// <summary>Where the server was found: a variable, a file, a registry value; empty if the caller named it.</summary>
    internal string FoundIn { get; set; } = string.Empty;

    /// <summary>The same for each way to write the same nodes, in any order.</summary>
    internal string Key => string.Join(",", Nodes.Select(node => node.ToString().ToUpperInvariant()).OrderBy(node => node, StringComparer.Ordinal));

    /// <summary>Creates the address of one host, or of the hosts of a triad.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <returns>The address; its text has the usual form.</returns>
    /// <exception cref="ArgumentException">There is no node.</exception>
    public static FlexLmServerAddress Of(params FlexLmNode[] nodes) => new(string.Join(",", nodes.Select(node => node.ToString())), nodes);

    /// <summary>Each node as a server of its own.</summary>
    internal FlexLmServerAddress[] Separate() => [.. Nodes.Select(node => new FlexLmServerAddress(node, this))];

    /// <summary>As the user gave it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;
}
