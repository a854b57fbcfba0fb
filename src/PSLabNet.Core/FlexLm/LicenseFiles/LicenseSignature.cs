using System.Collections.Generic;
using System.Text;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>Signatures of license lines, as a status request needs them.</summary>
internal static class LicenseSignature
{
    /// <summary>As in the file, but with one blank for each run of white space (a continued line is indented).</summary>
    public static string Normalize(string signature)
    {
        bool isNormal = true;
        for (int at = 0; at < signature.Length; at++)
        {
            bool isBlank = char.IsWhiteSpace(signature[at]);
            isNormal &= !isBlank || (signature[at] == ' ' && at > 0 && at + 1 < signature.Length && signature[at + 1] != ' ');
        }

        if (isNormal)
        {
            return signature;
        }

        var result = new StringBuilder(signature.Length);
        foreach (char c in signature)
        {
            if (!char.IsWhiteSpace(c))
            {
                result.Append(c);
            }
            else if (result.Length > 0 && result[result.Length - 1] != ' ')
            {
                result.Append(' ');
            }
        }

        return result.ToString().TrimEnd();
    }
}

/// <summary>The signatures to ask for a license line with, found when they are first wanted.</summary>
internal sealed class SignatureCandidates(FlexLmLicenseLine line)
{
    private IReadOnlyList<string>? all;

    /// <summary>
    /// The likeliest first: the signature as in the file; without its blanks, since it is not known whether a server that
    /// writes <c>SIGN="AAAA BBBB"</c> compares the blanks; then the other signatures of the line. At most eight.
    /// </summary>
    public IReadOnlyList<string> All => all ??= Find();

    private List<string> Find()
    {
        var found = new List<string>();
        foreach (string? text in new[] { line.Signature, line.Attributes["SIGN"], line.Key, line.Attributes["SIGN2"] })
        {
            string signature = LicenseSignature.Normalize(text ?? string.Empty);
            foreach (string form in new[] { signature, signature.Replace(" ", string.Empty) })
            {
                if (form.Length > 0 && !found.Contains(form))
                {
                    found.Add(form);
                }
            }
        }

        return found;
    }
}
