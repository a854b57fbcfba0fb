using System.Diagnostics.CodeAnalysis;
using PSLabNet.Text;

namespace PSLabNet.IcePap.Protocol;

/// <summary>The rule for a device's hostname: an RFC 1123 label that fits its field.</summary>
internal static class IcePapHostname
{
    /// <summary>The rule, in words for the user.</summary>
    public const string Rule = "1 to 24 characters, only the ASCII letters a-z and A-Z, digits and hyphens, neither first nor last a hyphen (RFC 1123)";

    /// <summary>The message for a name that is not allowed, with the rule.</summary>
    /// <param name="name">The name.</param>
    public static string Explain(string? name) => $"The hostname '{PrintableText.Escape(name)}' is not allowed: {Rule}.";

    /// <summary>The warning for a name that fills its field.</summary>
    /// <param name="name">The name.</param>
    public static string ExplainFullLength(string name) =>
        $"The hostname '{PrintableText.Escape(name)}' fills all {IcePapProtocol.MaxHostnameLength} bytes of its field, so no NUL ends it. "
        + $"Firmware of 2007 can append to such a name what stands behind it in memory; up to {IcePapProtocol.MaxHostnameLength - 1} characters are safe.";

    /// <summary>Whether a name fills its field.</summary>
    /// <param name="name">The name, or null.</param>
    public static bool IsFullLength(string? name) => name?.Length == IcePapProtocol.MaxHostnameLength;

    /// <summary>Whether a device may have this name.</summary>
    /// <param name="name">The name, or null.</param>
    public static bool IsValid([NotNullWhen(true)] string? name)
    {
        if (name is not { Length: > 0 and <= IcePapProtocol.MaxHostnameLength } || name[0] == '-' || name[name.Length - 1] == '-')
        {
            return false;
        }

        foreach (char c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
