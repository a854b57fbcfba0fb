using System;
using System.Globalization;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>What single words of a license line can be.</summary>
internal static class LicenseWord
{
    private const int MinKeyLength = 8;

    /// <summary>True for a word of digits alone.</summary>
    public static bool IsDigits(string word)
    {
        foreach (char c in word)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }
        }

        return word.Length > 0;
    }

    /// <summary>Reads a TCP port, 1 to 65535, of digits alone. .NET also takes a number with NULs behind it.</summary>
    public static bool TryPort(string text, out int? port)
    {
        bool isNumber = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number);
        port = isNumber && number > 0 && IsDigits(text) ? number : null;
        return port is not null;
    }

    /// <summary>True for a word that can be a license key.</summary>
    public static bool IsKey(string word)
    {
        if (word.Length < MinKeyLength || LicenseKeywords.IsBareAttribute(word))
        {
            return false;
        }

        foreach (char c in word)
        {
            if (!char.IsLetterOrDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The line with everything escaped that would act on a terminal.</summary>
    public static string Printable(string text)
    {
        if (Characters.ArePrintableAscii(text))
        {
            return text;
        }

        foreach (char c in text)
        {
            if (c is < ' ' and not '\t' or >= '\x7F')
            {
                return string.Join("\t", Array.ConvertAll(text.TrimStart('\uFEFF').Split('\t'), PrintableText.Escape));
            }
        }

        return text;
    }
}
