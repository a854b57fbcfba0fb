using System;
using System.Collections.Generic;
using System.Threading;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>
/// The lines that SUPERSEDE_SIGN names, by feature and by the beginning of their signatures. In the files of some publishers
/// every line names another. To compare each line with all of them would take minutes.
/// </summary>
/// <param name="stop">Ends a search.</param>
internal sealed class SignedLines(CancellationToken stop)
{
    private readonly Dictionary<string, SignatureBeginnings> byFeature = new(StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => byFeature.Count == 0;

    public void Add(string feature, string signature)
    {
        if (!byFeature.TryGetValue(feature, out SignatureBeginnings? beginnings))
        {
            byFeature.Add(feature, beginnings = new SignatureBeginnings(stop));
        }

        beginnings.Add(signature);
    }

    public bool Contains(FlexLmLicenseLine line) =>
        line.Signature.Length > 0 && byFeature.TryGetValue(line.Feature, out SignatureBeginnings? beginnings)
        && beginnings.BeginsOneOf(line.Signature.Replace(" ", string.Empty));
}

/// <summary>
/// Beginnings of signatures, compared without case. The first search sorts them and drops each that begins with another.
/// </summary>
/// <param name="stop">Ends the sorting.</param>
internal sealed class SignatureBeginnings(CancellationToken stop)
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

        // A beginning sorts before the signature, and no other beginning sorts between the two.
        return place >= 0 || (~place > 0 && IsBeginning(beginnings[~place - 1], signature));
    }

    private static bool IsBeginning(string beginning, string text) => text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);

    private void Sort()
    {
        if (isSorted)
        {
            return;
        }

        try
        {
            beginnings.Sort(new StoppableComparer(stop));
        }
        catch (InvalidOperationException) when (stop.IsCancellationRequested)
        {
            // Sort wraps what its comparer throws.
            stop.ThrowIfCancellationRequested();
        }

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

    // A hostile text can name millions, which take seconds to sort.
    private sealed class StoppableComparer(CancellationToken stop) : IComparer<string>
    {
        public int Compare(string? left, string? right)
        {
            stop.ThrowIfCancellationRequested();
            return StringComparer.OrdinalIgnoreCase.Compare(left, right);
        }
    }
}
