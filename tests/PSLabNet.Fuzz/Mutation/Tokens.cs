using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PSLabNet.Fuzz.Mutation;

/// <summary>Words that have a meaning for a parser, or that harm programs that show its results.</summary>
internal static class Tokens
{
    /// <summary>Text that terminals, pages, tables and parsers of other programs interpret.</summary>
    public static IReadOnlyList<byte[]> Hostile { get; } =
    [
        .. new[]
        {
            "\0", "\u001b[31m", "\u001b]0;title\u0007", "\u009b2J", "\u202e", "\u2066", "\u2069", "\u200b", "\u200f", "\ufeff", "\u00ad", "\u2028", "\u2029", "\u0085", "\u007f", "\U000E0041", "\U0001F600",
            "\ufffe", "\uffff", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='a", "</style>", "</title>", "<!--", "-->", "]]>", "&", "&lt;", "&#0;", "javascript:",
            "=1+1", "@SUM(1)", "+1", "-1", "\\", "\\n", "\"", "'", "`", "$(x)", "%s%n", "{0}", "{", "}", "\r", "\r\n", "\n", "\n\n", "\t", "é", "ß", "İ", "ı", "א", "ع", "日本",
        }.Select(Encoding.UTF8.GetBytes),
        [0xED, 0xA0, 0xBD], [0xED, 0xB8, 0x80], [0xC3], [0xFF], [0xFE, 0xFF], [0xFF, 0xFE], [0xE2, 0x80], [0xF0, 0x9F, 0x98], [0xC0, 0x80],
    ];

    /// <summary>Numbers at and past the ends of their types.</summary>
    public static IReadOnlyList<byte[]> Numbers { get; } = Of(
        "0", "1", "-1", "00", "+5", "255", "256", "32767", "32768", "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "99999999999999999999999999",
        "1e9", "0x10", "1.5", "1,5", "١٢", "NaN", "uncounted", "∞");

    /// <summary>Dates and times that exist, that do not exist, and that are at the limits of the runtime.</summary>
    public static IReadOnlyList<byte[]> Dates { get; } = Of(
        "permanent", "31-dec-2030", "1-jan-0", "1-jan-00", "29-feb-2023", "29-feb-2024", "31-dec-9999", "1-jan-0001", "1-jan-10000", "31-DEC-9998", "0-jan-2020", "32-jan-2020", "1-xyz-2020", "1-jan-2147483648",
        "1/1/1980", "12/31/9998", "12/31/9999", "2/29/2023", "0/0/0", "13/1/2024", "3/30/2025", "10/26/2025", "0:00", "23:59", "24:00", "25:61", "2:30", "2:30:60", "1:2:3", "Mon", "Sun 12/31", "Sat 2/29 0:00",
        "2025-10-26 02:30:00", "9998-12-31 23:59:59", "1980-01-01 00:00:00-14:00", "9998-12-31 23:59:59+14:00", "TIMESTAMP 12/31/9998", "TIMESTAMP 1/1/1980");

    /// <summary>Words of license files.</summary>
    public static IReadOnlyList<byte[]> License { get; } = Of(
        "SERVER ", "VENDOR ", "DAEMON ", "FEATURE ", "INCREMENT ", "UPGRADE ", "PACKAGE ", "USE_SERVER", "this_host", "ANY", "PORT=", "OPTIONS=", "COMPONENTS=\"", "SIGN=", "SIGN2=", "SIGN=\"", "ISSUED=", "START=", "HOSTID=", "HOSTID=ID=\"",
        "VENDOR_STRING=", "VENDOR_STRING=\"", "NOTICE=\"", "DUP_GROUP=UHD", "ck=1", "SUPERSEDE", "SUPERSEDE=\"f1 f2\"", "\\\n", "\\ \n\t", "\"", "{", "}", "=", "#", "\t", "PRIMARY_IS_MASTER", "HEARTBEAT_INTERVAL=", "uncounted", "OVERDRAFT=");

    /// <summary>Words of options files.</summary>
    public static IReadOnlyList<byte[]> Options { get; } = Of(
        "RESERVE ", "MAX ", "INCLUDE ", "EXCLUDE ", "INCLUDEALL ", "EXCLUDEALL ", "GROUP ", "HOST_GROUP ", "GROUPCASEINSENSITIVE ON", "LINGER ", "TIMEOUT ", "TIMEOUTALL ", "BORROW_LOWWATER ", "MAX_BORROW_HOURS ", "MAX_OVERDRAFT ",
        "NOLOG QUEUED", "DEBUGLOG ", "REPORTLOG +", "USER ", "HOST ", "DISPLAY ", "INTERNET ", "PROJECT ", "f1 ", "f1:VERSION=1.0 ", "p ", "a ", "g ", "alice ", "\\\n", "\"", ":", "=", "#", "\t", "*");

    /// <summary>Cells of files of samples.</summary>
    public static IReadOnlyList<byte[]> Samples { get; } = Of(
        "Time", "Server", "Vendor", "Feature", "Version", "Issued", "InUse", "In use", "Reserved", "Queued", "sep=;\n", ",", ";", "\t", "\"", "\"\"", "'", "'=", "=", "@", "2026-11-27T10:00:00+00:00", "2026-11-27 10:00:00 +01:00",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "\r\n", ",,,,,,,,");

    /// <summary>Words of lmstat's output.</summary>
    public static IReadOnlyList<byte[]> LmStat { get; } = Of(
        "lmutil - Copyright (c) 1989-2024 Flexera. All Rights Reserved.\n", "Flexible License Manager status on Mon 2/10/2025 11:26\n", "License server status: ", "License file(s) on ", "license server UP (MASTER) v11.19\n", "Vendor daemon status (on ",
        "Feature usage info:\n", "Users of ", ":  (Total of ", " licenses issued;  Total of ", " licenses in use)\n", ":  (Uncounted, node-locked)\n", ", vendor: ", ", expiry: ", "  floating license\n", "  nodelocked license, locked to ", "vendor_string: ",
        ", start ", " queued for ", " licenses", " (v1.0)", " (s/27000 101)", "PID: ", "linger: ", " RESERVATIONs for GROUP ", "Feature                         Version     #licenses    Vendor        Expires\n", "_______ _______ _________ ______ _______\n",
        "Error getting status: ", "(-15,578:115 \"Operation now in progress\")", "-97", ": UP", ": The desired vendor daemon is down. (-97,121)", "(Error: 2 licenses, unsupported by licensed server)", "\"", "(", ")", ":", "/", "v", "27000@");

    /// <summary>Words of debug logs.</summary>
    public static IReadOnlyList<byte[]> Log { get; } = Of(
        " 8:00:00 (vend) ", "23:59:59 (lmgrd) ", "00:00:00 (vend) ", "TIMESTAMP 1/6/2025", "OUT: \"f\" u@h", "IN: \"f\" u@h", "DENIED: ", "QUEUED: ", "DEQUEUED: ", "UNSUPPORTED: ", "(3 licenses)", " (-4,342)", "(INACTIVE)", "(SHUTDOWN)", "EXITING DUE TO SIGNAL 15",
        "FlexNet Licensing (v11.19) started on ", "(linux) (1/6/2025)", "SHUTDOWN ", "Shutting down ", "REStarted vend", "Start-Date: Wed Jan 08 2025 08:00:00", "Reread time: ", "\"", "@", "(", ")", ": ", "[", "]", "PROJECT=", "(lmgrd)", "EXPIRED: ", "UPGRADE: ", "INUSE: ");

    /// <summary>Parts of lists of servers.</summary>
    public static IReadOnlyList<byte[]> Servers { get; } = Of(
        "27000@", "@", "host", "lic1.lab.example", "[::1]", "[", "]", "::1", "fe80::1%eth0", ":", ";", ",", "\"", "C:\\", "/", "c:/x.lic", "0@h", "65536@h", "1@", "@@", " ", "127.0.0.1", "1@a,2@b,3@c", "\\\\server\\share");

    /// <summary>Parts of addresses and of packets in hexadecimal.</summary>
    public static IReadOnlyList<byte[]> Addresses { get; } = Of(
        "00:0c:c6:69:13:2d", "00-0C-C6-69-13-2D", "000c.c669.132d", "000cc669132d", ":", "-", ".", "0x", "\\x", "FF", "ff", "g", " ", "255", "256", "0", "01", "127.0.0.1", "1.2.3", "1.2.3.4.5", ",", ";", "+", "0X", "١", "\u00a0", "\u3000");

    /// <summary>Words of what controllers answer over TCP.</summary>
    public static IReadOnlyList<byte[]> Controllers { get; } = Of(
        "?VER ", "?ID ", "0:?ID ", "?SYSSTAT ", "$", "$\r\n", "\r\n", "\r", "\n", "ERROR ", "Command not recognised", "0x", "0x0001", "0x8001", "0xFFFF", "0x10000", "0xFF 0x11", "3.17", "SYSTEM       :  3.17 : Tue Feb 16 10:57:37 2016", "   CONTROLLER:  3.17", ":", " ", "\t");

    private static byte[][] Of(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];
}
