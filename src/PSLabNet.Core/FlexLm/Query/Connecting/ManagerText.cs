using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <summary>The answer of lmgrd to a command.</summary>
/// <param name="Command">The command, as it was sent.</param>
/// <param name="Reply">The answer.</param>
internal sealed record ManagerAnswer(string Command, FlexLmMessage Reply);

/// <summary>
/// Tells the answers of lmgrd to several commands apart. All are of one type and name no command, but a list of daemons, a path
/// and a license file look different. Where one does not look as its command wants, the order of the answers is not known.
/// </summary>
internal static class ManagerText
{
    // Words that a line of a license file begins with; a vendor daemon may not be named by them.
    private static readonly string[] FirstWords = ["SERVER", "VENDOR", "DAEMON", "USE_SERVER", "FEATURE", "INCREMENT", "UPGRADE", "PACKAGE"];

    private const int LongestFirstWord = 16;

    private enum Look
    {
        /// <summary>No text, or an error: it could be the answer to any command.</summary>
        Blank,
        Names,
        Path,
        LicenseFile,
    }

    /// <summary>What shows that the answers do not belong to the commands; null if each does.</summary>
    public static string? FindTrouble(IReadOnlyList<ManagerAnswer> answers)
    {
        if (answers.Any(answer => !answer.Reply.Is(FrameType.Text) && !answer.Reply.Is(LegacyKind.Error)))
        {
            return "it answers with a message of another type";
        }

        if (answers.Any(answer => answer.Reply.IsTooLong))
        {
            return "it sends more text than is read";
        }

        if (answers.Any(answer => LookOf(answer.Reply) is var look && look != Look.Blank && look != Wanted(answer.Command)))
        {
            return "which answer belongs to which request is not certain";
        }

        int different = answers.Where(answer => LookOf(answer.Reply) == Look.Blank).Select(answer => Describe(answer.Reply)).Distinct().Count();
        return different > 1 ? "its refusals differ" : null;
    }

    /// <summary>True if the answer can be that to the command and to no other.</summary>
    public static bool IsCertain(string command, FlexLmMessage reply) =>
        reply.Is(FrameType.Text) && !reply.IsTooLong && LookOf(reply) == Wanted(command);

    private static Look Wanted(string command) => command switch
    {
        ManagerCommand.Daemons => Look.Names,
        ManagerCommand.Paths => Look.Path,
        _ => Look.LicenseFile,
    };

    // A refusal with a number is that number; no text is none.
    private static string Describe(FlexLmMessage reply) =>
        reply.Old is { } refusal ? FormattableString.Invariant($"{ErrorReply.Decode(refusal)}") : string.Empty;

    // As bytes: the text may be long, and its first line shows most.
    private static Look LookOf(FlexLmMessage reply)
    {
        if (!reply.Is(FrameType.Text))
        {
            return Look.Blank;
        }

        byte[] data = reply.Frame!.Data;
        int start = WireConstants.TextHeaderLength;
        while (start < data.Length && (data[start] == 0 || IsBlank(data[start])))
        {
            start++;
        }

        Look look = start < data.Length ? Look.Names : Look.Blank;
        bool isLineOver = false;
        for (int at = start; at < data.Length && data[at] != 0; at++)
        {
            byte one = data[at];
            if (one is (byte)'=' or (byte)'"' or (byte)'#' || (isLineOver && !IsBlank(one)))
            {
                return Look.LicenseFile;
            }

            isLineOver |= one is (byte)'\n' or (byte)'\r';
            look = one is (byte)'/' or (byte)'\\' ? Look.Path : look;
        }

        return look != Look.Blank && IsLine(data, start) ? Look.LicenseFile : look;
    }

    private static bool IsBlank(byte one) => one is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    private static bool IsLine(byte[] data, int start)
    {
        int end = start;
        while (end < data.Length && end - start < LongestFirstWord && data[end] != 0 && !IsBlank(data[end]))
        {
            end++;
        }

        return end < data.Length && IsBlank(data[end]) && FirstWords.Contains(Utf8OrLatin1.Decode(data, start, end - start), StringComparer.OrdinalIgnoreCase);
    }
}
