using System;
using System.Collections.Generic;
using System.Linq;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Xunit;

namespace PSLabNet.Tests.Layout;

/// <summary>The allowed dependencies between the folders of the core. A folder is a namespace, so the assembly shows every use.</summary>
public sealed class FolderDependencyTests
{
    private const string Root = "PSLabNet";

    // A folder uses only folders above it, so there is no cycle. A new dependency must be added here.
    private static readonly (string Folder, string[] Uses)[] Allowed =
    [
        ("Bytes", []),
        ("Files", []),
        ("Text", []),
        ("Logging", []),
        ("Streams", []),
        (Root, ["Bytes", "Text"]),
        ("Net", [Root, "Bytes", "Text"]),

        ("IcePap.Protocol", [Root, "Bytes", "Net", "Text"]),
        ("IcePap", [Root, "Net", "Text", "IcePap.Protocol"]),
        ("IcePap.Details", [Root, "Logging", "Net", "Text", "IcePap"]),
        ("IcePap.Transport", [Root, "Logging", "Net", "IcePap.Protocol", "IcePap"]),
        ("IcePap.Discovery", [Root, "Bytes", "Logging", "Net", "IcePap.Protocol", "IcePap", "IcePap.Transport"]),
        ("IcePap.Settings", [Root, "Logging", "Net", "IcePap.Protocol", "IcePap", "IcePap.Discovery"]),
        ("IcePap.Comparison", [Root, "Net", "Text", "IcePap", "IcePap.Discovery", "IcePap.Protocol", "IcePap.Settings"]),
        ("IcePap.Client", ["Logging", "Net", "Streams", "IcePap", "IcePap.Transport", "IcePap.Discovery", "IcePap.Settings"]),

        ("FlexLm", [Root, "Text"]),
        ("FlexLm.Fields", ["Text", "FlexLm"]),
        ("FlexLm.LicenseFiles", ["Text", "FlexLm", "FlexLm.Fields"]),
        ("FlexLm.LmStat", ["Text", "FlexLm", "FlexLm.Fields"]),
        ("FlexLm.Logs", ["Text", "FlexLm", "FlexLm.Fields"]),
        ("FlexLm.Metrics", ["Text", "FlexLm"]),
        ("FlexLm.OptionsFiles", ["Text", "FlexLm"]),
        ("FlexLm.Samples", ["Files", "Text", "FlexLm"]),
        ("FlexLm.Servers", [Root, "Text", "FlexLm", "FlexLm.LicenseFiles"]),
        ("FlexLm.Watching", ["FlexLm"]),

        ("FlexLm.Usage.Tallies", ["FlexLm"]),
        ("FlexLm.Usage.Logged", ["Text", "FlexLm", "FlexLm.Logs", "FlexLm.Usage.Tallies"]),
        ("FlexLm.Usage.Sampled", ["FlexLm", "FlexLm.Usage.Tallies"]),
        ("FlexLm.Usage", ["FlexLm", "FlexLm.LicenseFiles", "FlexLm.Usage.Tallies", "FlexLm.Usage.Logged", "FlexLm.Usage.Sampled"]),

        ("FlexLm.Report", []),
        ("FlexLm.Report.Data", [Root, "FlexLm", "FlexLm.Usage.Tallies", "FlexLm.Usage", "FlexLm.Report"]),
        ("FlexLm.Report.Page", ["Text", "FlexLm", "FlexLm.Report", "FlexLm.Report.Data"]),

        ("FlexLm.Wire", ["Bytes", "Logging", "Net", "Text", "FlexLm"]),
        ("FlexLm.Query.Session", ["Logging", "Net", "Text", "FlexLm", "FlexLm.Wire"]),
        ("FlexLm.Query.Connecting", ["Logging", "Net", "Text", "FlexLm", "FlexLm.LicenseFiles", "FlexLm.Wire", "FlexLm.Query.Session"]),
        ("FlexLm.Query.Status", ["Logging", "Text", "FlexLm", "FlexLm.Wire", "FlexLm.Query.Session", "FlexLm.Query.Connecting"]),
        ("FlexLm.Query.Features", ["Logging", "Text", "FlexLm", "FlexLm.Fields", "FlexLm.LicenseFiles", "FlexLm.Wire", "FlexLm.Query.Session", "FlexLm.Query.Connecting", "FlexLm.Query.Status"]),
        ("FlexLm.Query", ["Logging", "Streams", "Text", "FlexLm", "FlexLm.Watching", "FlexLm.Wire", "FlexLm.Query.Session", "FlexLm.Query.Connecting", "FlexLm.Query.Features"]),
        ("FlexLm.Query.Diagnosis", ["Logging", "Text", "FlexLm", "FlexLm.LicenseFiles", "FlexLm.OptionsFiles", "FlexLm.Wire", "FlexLm.Query.Session", "FlexLm.Query.Connecting", "FlexLm.Query.Features", "FlexLm.Query"]),
        ("FlexLm.LmUtil", ["Logging", "Net", "Text", "FlexLm", "FlexLm.LmStat", "FlexLm.Query"]),
    ];

    [Fact]
    public void A_folder_uses_only_folders_above_it_in_the_table()
    {
        var above = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string folder, string[] uses) in Allowed)
        {
            Assert.Empty(uses.Except(above).Select(use => Arrow(folder, use)));
            Assert.True(above.Add(folder), $"{folder} stands twice in the table.");
        }
    }

    [Fact]
    public void The_core_has_the_arrows_of_the_table_and_no_others()
    {
        HashSet<string> allowed = [.. Allowed.SelectMany(row => row.Uses.Select(use => Arrow(row.Folder, use)))];
        HashSet<string> found = [.. Arrows()];
        Assert.True(found.SetEquals(allowed), $"""
            Not allowed: {string.Join(", ", found.Except(allowed).Order(StringComparer.Ordinal))}
            No longer there: {string.Join(", ", allowed.Except(found).Order(StringComparer.Ordinal))}
            """);
    }

    [Fact]
    public void Each_folder_of_the_core_stands_in_the_table() =>
        Assert.Equal(
            Allowed.Select(row => row.Folder).Order(StringComparer.Ordinal),
            CoreTypes().Select(FolderOf).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Arrows() =>
        from type in CoreTypes()
        from dependency in type.Dependencies
        where IsOurs(dependency.Target) && FolderOf(dependency.Target) != FolderOf(type)
        select Arrow(FolderOf(type), FolderOf(dependency.Target));

    // The compiler adds its own attributes, and packages add those that the older target lacks, in namespaces of .NET.
    private static IEnumerable<IType> CoreTypes() =>
        new ArchLoader().LoadAssembly(typeof(MacAddress).Assembly).Build().Types.Where(IsOurs);

    private static bool IsOurs(IType type) =>
        type.Namespace.FullName == Root || type.Namespace.FullName.StartsWith(Root + ".", StringComparison.Ordinal);

    private static string FolderOf(IType type) =>
        type.Namespace.FullName == Root ? Root : type.Namespace.FullName[(Root.Length + 1)..];

    private static string Arrow(string from, string to) => $"{from} -> {to}";
}
