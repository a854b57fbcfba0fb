using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Licensing;

/// <summary>
/// The lines that SUPERSEDE_SIGN names, by feature and by how their signatures begin. In files of some publishers every line
/// names another, so that looking through all of them for each line would take minutes.
/// </summary>
internal sealed class SignedLines
{
    // By feature, and there by the length that is named of the signatures: mostly one.
    private readonly Dictionary<string, Dictionary<int, HashSet<string>>> byFeature = new(StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => byFeature.Count == 0;

    public void Add(string feature, string signature)
    {
        if (!byFeature.TryGetValue(feature, out Dictionary<int, HashSet<string>>? byLength))
        {
            byFeature.Add(feature, byLength = []);
        }

        if (!byLength.TryGetValue(signature.Length, out HashSet<string>? signatures))
        {
            byLength.Add(signature.Length, signatures = new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        }

        signatures.Add(signature);
    }

    public bool Contains(FlexLmLicenseLine line)
    {
        if (line.Signature.Length == 0 || !byFeature.TryGetValue(line.Feature, out Dictionary<int, HashSet<string>>? byLength))
        {
            return false;
        }

        string signature = line.Signature.Replace(" ", string.Empty);
        foreach (KeyValuePair<int, HashSet<string>> named in byLength)
        {
            if (named.Key <= signature.Length && named.Value.Contains(signature.Substring(0, named.Key)))
            {
                return true;
            }
        }

        return false;
    }
}
