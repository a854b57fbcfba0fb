using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace PSLabNet.Parameters;

/// <summary>Wildcards in names of devices, features, users, interfaces.</summary>
internal static class NamePattern
{
    // Names are not words of a language. Without CultureInvariant, FIND-* does not match find-a in cultures where I is not
    // the capital of i.
    private const WildcardOptions Options = WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant;

    /// <summary>A pattern that ignores case, the same in every culture.</summary>
    public static WildcardPattern Of(string text) => WildcardPattern.Get(text, Options);

    /// <summary>Whether a name matches one of the patterns. Without a pattern, every name matches.</summary>
    public static bool Fits(IReadOnlyList<WildcardPattern> patterns, string name) =>
        patterns.Count == 0 || patterns.Any(pattern => pattern.IsMatch(name));
}
