using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;

namespace PSLabNet.Commands.FlexLm;

/// <summary>One server, with all requests for it.</summary>
internal sealed class FlexLmTarget(FlexLmServerAddress server)
{
    public FlexLmServerAddress Server => server;

    public List<FlexLmRequest> Requests { get; } = [];

    /// <summary>The filter for the query. It excludes everything that no request needs.</summary>
    public FlexLmFeatureFilter Filter => new()
    {
        Feature = name => Requests.Any(request => request.WantsFeature(name)),
        Vendor = name => Requests.Any(request => request.WantsVendor(name)),
    };

    /// <summary>Whether a request matches both the feature and its vendor: the filter can check only one of them at a time.</summary>
    public bool Wants(FlexLmFeature feature) =>
        Requests.Any(request => request.WantsFeature(feature.Name) && request.WantsVendor(feature.Vendor));
}
