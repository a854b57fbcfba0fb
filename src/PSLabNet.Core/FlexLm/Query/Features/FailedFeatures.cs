using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Features;

/// <summary>
/// The features that a vendor daemon does not tell about: it refuses them, or its answers are malformed. One warning is for
/// all, since a daemon may refuse thousands.
/// </summary>
internal sealed class FailedFeatures(string server, string shownVendor)
{
    private readonly List<(string Name, FlexLmError Error)> failed = [];

    /// <summary>Notes a feature if it has an error.</summary>
    public void Add(FlexLmFeature feature)
    {
        if (feature.Error is { } error)
        {
            failed.Add((feature.Name, error));
        }
    }

    /// <summary>The warning; null if there is nothing to tell. Starts again.</summary>
    /// <param name="reported">An error that the user sees anyway: features that failed with it are not told. Null if there is none.</param>
    public string? TakeWarning(FlexLmError? reported)
    {
        (string Name, FlexLmError Error)[] told = [.. failed.Where(feature => !ReferenceEquals(feature.Error, reported))];
        failed.Clear();
        if (told.Length == 0)
        {
            return null;
        }

        string names = string.Join(", ", told.Take(QueryLimits.FeaturesPerWarning).Select(feature => PrintableText.EscapeStart(feature.Name)));
        string others = told.Length > QueryLimits.FeaturesPerWarning
            ? FormattableString.Invariant($" and {told.Length - QueryLimits.FeaturesPerWarning} more")
            : string.Empty;
        return FormattableString.Invariant($"{server}, {shownVendor}: the use of {told.Length} of its features is not known: {names}{others}. {told[0].Error}");
    }
}
