using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace PSLabNet.Parameters;

/// <summary>Wildcards in names of devices, features, users, interfaces.</summary>
internal static class NamePattern
{
    // Names are no words of a language: without CultureInvariant, FIND-* does not fit find-a where I is not the capital of i.
    private const WildcardOptions Options = WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant;

    /// <summary>A pattern that fits in either case, the same in every culture.</summary>
    public static WildcardPattern Of(string text) => WildcardPattern.Get(text, Options);

    /// <summary>Whether a name fits one of the patterns; every name does where there is none.</summary>
    public static bool Fits(IReadOnlyList<WildcardPattern> patterns, string name) =>
        patterns.Count == 0 || patterns.Any(pattern => pattern.IsMatch(name));
}
