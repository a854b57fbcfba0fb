using System.Collections.Generic;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>
/// Text that lmgrd sends. The length field has 16 bits, and how a longer license file is sent is not known: what the
/// frames hold counts, frames that follow are added, and where the end can't be told, that is said.
/// </summary>
internal sealed class LicenseText
{
    // A frame as full as this was hardly filled by chance: the sender ran into the limit of 64 KiB.
    private const int NearlyFull = WireConstants.MaxFrameLength - 1024;

    private readonly List<string> parts = [];

    /// <summary>Number of frames or texts that it is made of.</summary>
    public int PartCount => parts.Count;

    /// <summary>The whole text up to the first NUL of it; NULs between frames are no text.</summary>
    public string Whole => string.Concat(parts);

    /// <summary>The first of the NUL-separated texts.</summary>
    public string First
    {
        get
        {
            string whole = Whole.TrimStart('\0');
            int nul = whole.IndexOf('\0');
            return nul < 0 ? whole : whole.Substring(0, nul);
        }
    }

    /// <summary>True if more may be to come, or may have been cut off.</summary>
    public bool MayBeCut { get; private set; }

    /// <summary>What to tell the user; null if nothing is odd.</summary>
    public string? Warning { get; private set; }

    public void Add(TextReply reply, int frameLength)
    {
        bool isFull = frameLength >= NearlyFull;
        if (reply.Length == TextLength.Differs)
        {
            Warning = isFull || parts.Count > 0
                ? "The license file is too long for the length field of its frame; what came is taken."
                : "The length that lmgrd names for a text is not that of the text it sends; what came is taken.";
        }

        // The last part of a long text is one that is not full.
        MayBeCut = isFull || (parts.Count == 0 && reply.Length == TextLength.Differs);
        parts.Add(reply.Text);
    }

    public void Add(string text) => parts.Add(text);

    /// <summary>What would have shown the end did not come.</summary>
    public void CutOff() => MayBeCut = true;
}
