using System;
using System.Collections.Generic;
using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// Reads the lines about servers, their nodes and vendor daemons. A vendor daemon may come after the features of the
/// previous one. Several servers may follow one another, with or without a line that names each.
/// </summary>
internal sealed class ServerLines
{
    private const string ServerMark = "License server status:";
    private const string VendorMark = "Vendor daemon status (on ";
    private const string UpMark = "license server UP";
    private const string Action = "read the output of lmstat";

    private static readonly string[] FileMarks = ["License file(s) on ", "License files on ", "License file on "];

    private readonly FlexLmStatOptions options;

    // Escaped once for all the daemons below it: a host may be as long as a line, and there may be as many daemons as lines.
    private string vendorHost = string.Empty;
    private bool isAfterError;
    private bool isAfterFile;
    private bool hasVendorHeader;

    public ServerLines(FlexLmStatOptions options) => this.options = options;

    public List<ServerBlock> Sections { get; } = [];

    public bool IsEmpty => Sections.Count == 0;

    /// <summary>The server that lines belong to now.</summary>
    public ServerBlock? Current => Sections.Count == 0 ? null : Sections[Sections.Count - 1];

    /// <summary>Reads a line.</summary>
    /// <returns>The part that following lines belong to; null if it is not a line of a server.</returns>
    public ReportPart? TryRead(TextSlice line, ReportPart part, DateTimeOffset checkedAt)
    {
        bool wasAfterError = isAfterError;
        bool wasAfterFile = isAfterFile;
        isAfterError = isAfterFile = false;
        if (line.StartsWith(ServerMark))
        {
            Begin(line.From(ServerMark.Length).Trim().ToString(), SectionOrigin.Named);
            return ReportPart.Servers;
        }

        if (TryFile(line, part))
        {
            isAfterFile = true;
            return ReportPart.Servers;
        }

        if (ServerErrorLines.TryRead(line, Action) is { } error)
        {
            ServerBlock section = BlockOf(string.Empty);
            section.Error ??= error;
            isAfterError = true;
            return ReportPart.Servers;
        }

        if (line.StartsWith(VendorMark))
        {
            ReadVendorHeader(line);
            return ReportPart.Vendors;
        }

        if (wasAfterError && Current?.Error is { } known && ServerErrorLines.TryExplain(line, known) is { } explained)
        {
            Current.Error = explained;
            isAfterError = true;
            return part;
        }

        if (wasAfterFile && TryFurtherFile(line))
        {
            isAfterFile = true;
            return part;
        }

        if (TryNode(line, part, checkedAt))
        {
            return ReportPart.Servers;
        }

        return part is ReportPart.Vendors or ReportPart.Features && TryVendor(line) ? ReportPart.Vendors : null;
    }

    /// <summary>True if no server's lines are cut in the middle.</summary>
    public bool IsWhole(ReportPart lastPart) =>
        Sections.TrueForAll(section => section.IsAnswered)
        && (lastPart != ReportPart.Vendors || Current is null || Current.Vendors.Count > 0)
        && (lastPart != ReportPart.Servers || hasVendorHeader || Current is null || Current.Error is not null || !Current.IsSomeNodeUp);

    private ServerBlock Begin(string address, SectionOrigin origin)
    {
        string shown = options.Server.Length > 0 ? options.Server : PrintableText.Escape(address);
        var block = new ServerBlock(address, shown, origin);
        Sections.Add(block);
        vendorHost = string.Empty;
        hasVendorHeader = false;
        return block;
    }

    // A part of a report may begin anywhere.
    private ServerBlock BlockOf(string host) => Current ?? Begin(host, SectionOrigin.Implied);

    // If the line that names a server is missing, a host that does not belong to the server above begins the next server.
    private ServerBlock BlockOfHost(string host) =>
        Current is { Vendors.Count: > 0 } above && !above.Names(host) ? Begin(host, SectionOrigin.Implied) : BlockOf(host);

    // Nodes come before daemons.
    private ServerBlock BlockOfNode(string host, ReportPart part) =>
        part is ReportPart.Vendors or ReportPart.Features && Current is { Vendors.Count: > 0 } ? Begin(host, SectionOrigin.Implied) : BlockOf(host);

    // Vendor daemon status (on HOST):
    private void ReadVendorHeader(TextSlice line)
    {
        int close = line.IndexOf(')', VendorMark.Length);
        string host = line.Part(VendorMark.Length, (close < 0 ? line.Length : close) - VendorMark.Length).ToString();
        BlockOfHost(host);
        vendorHost = PrintableText.Escape(host);
        hasVendorHeader = true;
    }

    // License file(s) on HOST: C:\flexlm\license.dat;D:\other.lic:
    private bool TryFile(TextSlice line, ReportPart part)
    {
        foreach (string mark in FileMarks)
        {
            int colon = line.StartsWith(mark) ? line.IndexOf(": ", mark.Length) : -1;
            if (colon > 0)
            {
                string host = line.Part(mark.Length, colon - mark.Length).ToString();

                // Files come before nodes and daemons.
                bool isNext = part is ReportPart.Vendors or ReportPart.Features && Current is not null;
                List<string> files = (isNext ? Begin(host, SectionOrigin.Implied) : BlockOf(host)).LicenseFiles;
                files.Clear();
                files.Add(WithoutColon(line.From(colon + 1).Trim()));
                return true;
            }
        }

        return false;
    }

    // Several files may be on separate lines.
    private bool TryFurtherFile(TextSlice line)
    {
        bool isPath = line[line.Length - 1] == ':' && (line.IndexOf('/') >= 0 || line.IndexOf('\\') >= 0);
        if (isPath)
        {
            Current!.LicenseFiles.Add(WithoutColon(line));
        }

        return isPath;
    }

    private static string WithoutColon(TextSlice path) =>
        (path.EndsWith(":") ? path.Part(0, path.Length - 1) : path).Trim().ToString();

    // HOST: license server UP (MASTER) v11.19.6
    private bool TryNode(TextSlice line, ReportPart part, DateTimeOffset checkedAt)
    {
        int colon = line.IndexOf(": ");
        if (colon <= 0)
        {
            return false;
        }

        TextSlice rest = line.From(colon + 2).Trim();
        string host = line.Part(0, colon).ToString();
        if (rest.StartsWith(UpMark))
        {
            FlexLmNodeRole role = rest.IndexOf("(MASTER)") >= 0 ? FlexLmNodeRole.Master : FlexLmNodeRole.Member;
            BlockOfNode(host, part).AddNode(host, VendorLine.VersionAtEnd(rest), role, error: null, checkedAt);
            return true;
        }

        bool isDown = part is ReportPart.Servers or ReportPart.Header && Current is not null && host.IndexOf(' ') < 0
            && (ErrorNumbers.TryFind(rest, out _) || rest.StartsWith("license server DOWN") || rest.StartsWith("license server down"));
        if (isDown)
        {
            BlockOf(host).AddNode(host, string.Empty, FlexLmNodeRole.Member, ErrorNumbers.ToError(rest, Action), checkedAt);
        }

        return isDown;
    }

    private bool TryVendor(TextSlice line)
    {
        if (VendorLine.IsVersion(line))
        {
            return Current?.TrySetVersion(line.From(1).ToString()) ?? false;
        }

        FlexLmVendorStatus? vendor = VendorLine.TryRead(line, vendorHost, Action);
        if (vendor is not null)
        {
            BlockOf(string.Empty).AddVendor(vendor);
        }

        return vendor is not null;
    }
}
