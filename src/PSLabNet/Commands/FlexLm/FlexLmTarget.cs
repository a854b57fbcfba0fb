using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;

namespace PSLabNet.Commands.FlexLm;

/// <summary>One server, with all that is wanted of it.</summary>
internal sealed class FlexLmTarget(FlexLmServerAddress server)
{
    public FlexLmServerAddress Server => server;

    public List<FlexLmRequest> Requests { get; } = [];

    /// <summary>What to ask for: nothing that no request wants.</summary>
    public FlexLmFeatureFilter Filter => new()
    {
        Feature = name => Requests.Any(request => request.WantsFeature(name)),
        Vendor = name => Requests.Any(request => request.WantsVendor(name)),
    };

    /// <summary>Whether a request wants both the feature and its vendor: the filter can only look at one of them at a time.</summary>
    public bool Wants(FlexLmFeature feature) =>
        Requests.Any(request => request.WantsFeature(feature.Name) && request.WantsVendor(feature.Vendor));
}
