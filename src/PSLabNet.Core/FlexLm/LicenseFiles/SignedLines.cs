using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>
/// The lines that SUPERSEDE_SIGN names, by feature and by how their signatures begin. In files of some publishers every line
/// names another, so that looking through all of them for each line would take minutes.
/// </summary>
internal sealed class SignedLines
{
    private readonly Dictionary<string, SignatureBeginnings> byFeature = new(StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => byFeature.Count == 0;

    public void Add(string feature, string signature)
    {
        if (!byFeature.TryGetValue(feature, out SignatureBeginnings? beginnings))
        {
            byFeature.Add(feature, beginnings = new SignatureBeginnings());
        }

        beginnings.Add(signature);
    }

    public bool Contains(FlexLmLicenseLine line) =>
        line.Signature.Length > 0 && byFeature.TryGetValue(line.Feature, out SignatureBeginnings? beginnings)
        && beginnings.BeginsOneOf(line.Signature.Replace(" ", string.Empty));
}

/// <summary>Beginnings of signatures, in any case; sorted when first asked, none of them the beginning of another.</summary>
internal sealed class SignatureBeginnings
{
    private List<string> beginnings = [];
    private bool isSorted = true;

    public void Add(string beginning)
    {
        beginnings.Add(beginning);
        isSorted = false;
    }

    public bool BeginsOneOf(string signature)
    {
        Sort();
        int place = beginnings.BinarySearch(signature, StringComparer.OrdinalIgnoreCase);

        // What begins the signature sorts before it, and nothing that is left sorts between the two.
        return place >= 0 || (~place > 0 && IsBeginning(beginnings[~place - 1], signature));
    }

    private static bool IsBeginning(string beginning, string text) => text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);

    private void Sort()
    {
        if (isSorted)
        {
            return;
        }

        beginnings.Sort(StringComparer.OrdinalIgnoreCase);
        var left = new List<string>(beginnings.Count);
        foreach (string beginning in beginnings)
        {
            if (left.Count == 0 || !IsBeginning(left[left.Count - 1], beginning))
            {
                left.Add(beginning);
            }
        }

        beginnings = left;
        isSorted = true;
    }
}
