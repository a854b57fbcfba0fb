using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSLabNet.Parameters;

namespace PSLabNet.Commands.FlexLm;

/// <summary>The request of one record of the pipeline; an empty list means all.</summary>
internal sealed class FlexLmRequest(IReadOnlyList<string> servers, IReadOnlyList<string> features, IReadOnlyList<string> vendors)
{
    private readonly List<WildcardPattern> featurePatterns = Patterns(features);
    private readonly List<WildcardPattern> vendorPatterns = Patterns(vendors);

    public IReadOnlyList<string> Servers => servers;

    public IReadOnlyList<string> Features => features;

    /// <summary>Features requested by their full names, for the error about a feature that does not exist.</summary>
    public IEnumerable<string> PlainFeatures => features.Where(name => !WildcardPattern.ContainsWildcardCharacters(name));

    public bool WantsFeature(string name) => NamePattern.Fits(featurePatterns, name);

    public bool WantsVendor(string name) => NamePattern.Fits(vendorPatterns, name);

    internal static List<WildcardPattern> Patterns(IEnumerable<string>? texts) =>
        [.. (texts ?? []).Select(text => NamePattern.Of(text))];
}
