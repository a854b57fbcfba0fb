using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Servers;

namespace PSLabNet.Parameters;

/// <summary>The names that queries of this PowerShell process have received, for completion.</summary>
internal static class SeenLicenses
{
    private static readonly SeenNames Servers = new();
    private static readonly SeenNames Vendors = new();
    private static readonly SeenNames Features = new();

    public static IEnumerable<KeyValuePair<string, string>> KnownServers => FlexLmConfiguredServers.Find(FlexLmEnvironment.Current).Servers
        .Select(server => new KeyValuePair<string, string>(server.Text, "configured on this computer"))
        .Concat(Servers.All);

    public static IEnumerable<KeyValuePair<string, string>> KnownVendors => Vendors.All;

    public static IEnumerable<KeyValuePair<string, string>> KnownFeatures => Features.All;

    public static void AddServer(string text) => Servers.Add(text, "queried before");

    public static void Add(FlexLmServerStatus status)
    {
        foreach (FlexLmVendorStatus vendor in status.Vendors)
        {
            Vendors.Add(vendor.Name, $"on {status.Server}");
        }
    }

    public static void Add(FlexLmFeature feature)
    {
        Vendors.Add(feature.Vendor, $"on {feature.Server}");
        Features.Add(feature.Name, $"{feature} on {feature.Server}");
    }
}

/// <summary>Completes from known names, with a tooltip that shows their source.</summary>
public abstract class SeenCompleter : IArgumentCompleter
{
    private protected abstract IEnumerable<KeyValuePair<string, string>> Known { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = CompletionText.Unquote(wordToComplete);
        return Known
            .Where(known => known.Key.Length > 0)
            .GroupBy(known => known.Key, StringComparer.OrdinalIgnoreCase)
            .Where(known => known.Key.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .OrderBy(known => known.Key, StringComparer.OrdinalIgnoreCase)
            .Select(known => new CompletionResult(CompletionText.Quote(known.Key), known.Key, CompletionResultType.ParameterValue, known.First().Value));
    }
}

/// <summary>Completes -Server.</summary>
public sealed class LicenseServerCompleter : SeenCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Known => SeenLicenses.KnownServers;
}

/// <summary>Completes -Vendor.</summary>
public sealed class LicenseVendorCompleter : SeenCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Known => SeenLicenses.KnownVendors;
}

/// <summary>Completes -Feature.</summary>
public sealed class LicenseFeatureCompleter : SeenCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Known => SeenLicenses.KnownFeatures;
}
