using System;
using System.Collections.Generic;
using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>Reads what a report says of servers, their nodes and vendor daemons.</summary>
internal sealed class ServerLines
{
    private const string ServerMark = "License server status:";
    private const string ErrorMark = "Error getting status:";
    private const string FileErrorMark = "Error reading license file:";
    private const string NotRunningMark = "lmgrd is not running:";
    private const string VendorMark = "Vendor daemon status (on ";
    private const string UpMark = "license server UP";
    private const string Action = "read the output of lmstat";
    private const int LongestExplanation = 2048;

    private static readonly string[] FileMarks = ["License file(s) on ", "License files on ", "License file on "];

    // Lines that lmutil's long form of an error adds (License Administration Guide, "Error Message Format").
    private static readonly string[] Explanations =
    [
        "Feature:", "License path:", "License file", "FlexNet Licensing error", "FLEXnet Licensing error", "For further information",
        "available at", "System Error:", "The license server manager (lmgrd)", "the wrong port@host", "port or hostname in the license file",
        "Server name:", "Hostname:", "Vendor:Host:", "The lookup for the hostname", "See the system administrator", "Use IP address",
    ];

    private readonly FlexLmStatOptions options;

    // Escaped once for all the daemons below it: a host may be as long as a line, and daemons as many as lines.
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
    /// <returns>The part that following lines belong to; null if it is no line of a server.</returns>
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

        if (TryFile(line))
        {
            isAfterFile = true;
            return ReportPart.Servers;
        }

        if (TryError(line))
        {
            isAfterError = true;
            return ReportPart.Servers;
        }

        if (line.StartsWith(VendorMark))
        {
            int close = line.IndexOf(')', VendorMark.Length);
            string host = line.Part(VendorMark.Length, (close < 0 ? line.Length : close) - VendorMark.Length).ToString();
            SectionOf(host);
            vendorHost = PrintableText.Escape(host);
            hasVendorHeader = true;
            return ReportPart.Vendors;
        }

        if (wasAfterError && TryExplanation(line))
        {
            isAfterError = true;
            return part;
        }

        if (wasAfterFile && TryFurtherFile(line))
        {
            isAfterFile = true;
            return part;
        }

        bool isRead = part == ReportPart.Vendors ? TryVendor(line) : part is ReportPart.Servers or ReportPart.Header && TryNode(line, checkedAt);
        return !isRead ? null : part == ReportPart.Header ? ReportPart.Servers : part;
    }

    /// <summary>True if no server's lines end in the middle.</summary>
    public bool IsWhole(ReportPart lastPart) =>
        Sections.TrueForAll(section => section.IsAnswered)
        && (lastPart != ReportPart.Vendors || Current is null || Current.Vendors.Count > 0)
        && (lastPart != ReportPart.Servers || hasVendorHeader || Current is null || Current.Error is not null || !Current.IsSomeNodeUp);

    private void Begin(string address, SectionOrigin origin)
    {
        string shown = options.Server.Length > 0 ? options.Server : PrintableText.Escape(address);
        Sections.Add(new ServerBlock(address, shown, origin));
        vendorHost = string.Empty;
        hasVendorHeader = false;
    }

    // A piece of a report may begin anywhere.
    private ServerBlock SectionOf(string host)
    {
        if (Current is null)
        {
            Begin(host, SectionOrigin.Implied);
        }

        return Current!;
    }

    // License file(s) on HOST: C:\flexlm\license.dat;D:\other.lic:
    private bool TryFile(TextSlice line)
    {
        foreach (string mark in FileMarks)
        {
            int colon = line.StartsWith(mark) ? line.IndexOf(": ", mark.Length) : -1;
            if (colon > 0)
            {
                List<string> files = SectionOf(line.Part(mark.Length, colon - mark.Length).ToString()).LicenseFiles;
                files.Clear();
                files.Add(WithoutColon(line.From(colon + 1).Trim()));
                return true;
            }
        }

        return false;
    }

    // Several files may stand in lines of their own.
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

    private bool TryError(TextSlice line)
    {
        string? mark = line.StartsWith(ErrorMark) ? ErrorMark
            : line.StartsWith(NotRunningMark) ? NotRunningMark
            : line.StartsWith(FileErrorMark) ? FileErrorMark
            : null;
        if (mark is null)
        {
            return false;
        }

        ServerBlock section = SectionOf(string.Empty);
        section.Error ??= ErrorNumbers.ToError(line.From(mark.Length).Trim(), Action);
        return true;
    }

    private bool TryExplanation(TextSlice line)
    {
        if (Current?.Error is not { } error || !Array.Exists(Explanations, line.StartsWith))
        {
            return false;
        }

        if (error.Message.Length < LongestExplanation)
        {
            int code = error.Code != 0 ? error.Code : NumberIn(line);
            Current.Error = new FlexLmError(error)
            {
                Code = code,
                Name = FlexLmErrorTable.Find(code)?.Name ?? string.Empty,
                Message = $"{error.Message} {PrintableText.Escape(line.ToString())}",
            };
        }

        return true;
    }

    // FlexNet Licensing error:-96,491
    private static int NumberIn(TextSlice line)
    {
        int mark = line.IndexOf("Licensing error:-");
        if (mark < 0)
        {
            return 0;
        }

        TextSlice number = line.From(line.IndexOf('-', mark) + 1);
        int end = number.IndexOf(',');
        return (end < 0 ? number : number.Part(0, end)).TryNumber(out int code) ? -code : 0;
    }

    // HOST: license server UP (MASTER) v11.19.6
    private bool TryNode(TextSlice line, DateTimeOffset checkedAt)
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
            SectionOf(host).AddNode(host, VersionAtEnd(rest), role, error: null, checkedAt);
            return true;
        }

        bool isDown = Current is not null && host.IndexOf(' ') < 0
            && (ErrorNumbers.TryFind(rest, out _) || rest.StartsWith("license server DOWN") || rest.StartsWith("license server down"));
        if (isDown)
        {
            SectionOf(host).AddNode(host, string.Empty, FlexLmNodeRole.Member, ErrorNumbers.ToError(rest, Action), checkedAt);
        }

        return isDown;
    }

    // MLM: UP v11.19.6, and in some versions the version in a line of its own.
    private bool TryVendor(TextSlice line)
    {
        List<FlexLmVendorStatus> vendors = Current!.Vendors;
        if (IsVersion(line))
        {
            int last = vendors.Count - 1;
            bool belongs = last >= 0 && vendors[last].Version.Length == 0;
            if (belongs)
            {
                vendors[last] = new FlexLmVendorStatus(vendors[last]) { Version = line.From(1).ToString() };
            }

            return belongs;
        }

        int colon = line.IndexOf(": ");
        colon = colon < 0 && line[line.Length - 1] == ':' ? line.Length - 1 : colon;
        if (colon <= 0 || line.Part(0, colon).IndexOf(' ') >= 0)
        {
            return false;
        }

        TextSlice rest = line.From(colon + 1).Trim();
        bool isUp = rest.Is("UP") || rest.StartsWith("UP ");
        if (!isUp && !ErrorNumbers.TryFind(rest, out _) && !rest.StartsWith("DOWN") && !rest.StartsWith("The desired vendor daemon is down"))
        {
            return false;
        }

        vendors.Add(new FlexLmVendorStatus
        {
            Name = PrintableText.Escape(line.Part(0, colon).ToString()),
            HostName = vendorHost,
            Status = isUp ? FlexLmState.Up : FlexLmState.Down,
            Version = VersionAtEnd(rest),
            Error = isUp ? null : ErrorNumbers.ToError(rest, Action),
        });
        return true;
    }

    private static string VersionAtEnd(TextSlice text)
    {
        TextSlice word = text.From(text.LastIndexOf(' ') + 1);
        return IsVersion(word) ? PrintableText.Escape(word.From(1).ToString()) : string.Empty;
    }

    private static bool IsVersion(TextSlice word)
    {
        if (word.Length < 2 || word[0] != 'v' || word[1] is < '0' or > '9')
        {
            return false;
        }

        for (int at = 1; at < word.Length; at++)
        {
            if (word[at] is not ((>= '0' and <= '9') or '.' or (>= 'a' and <= 'z')))
            {
                return false;
            }
        }

        return true;
    }
}
