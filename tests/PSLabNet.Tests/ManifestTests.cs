using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using PSLabNet.Commands;
using Xunit;

namespace PSLabNet.Tests;

public sealed class ManifestTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Module.Root, "PSLabNet.psd1"));

    [Fact]
    public void Every_cmdlet_is_exported_and_nothing_else_is() =>
        Assert.Equal(Module.Cmdlets.Select(Module.Name).Order(StringComparer.Ordinal), List("CmdletsToExport").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("FunctionsToExport")]
    [InlineData("VariablesToExport")]
    [InlineData("AliasesToExport")]
    public void Nothing_else_is_exported_and_the_lists_are_empty_without_wildcards(string key)
    {
        Assert.Matches(@$"(?m)^\s*{key}\s*=\s*@\(\)", Text);
        Assert.DoesNotContain("'*'", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_the_one_of_the_assemblies()
    {
        Version assembly = typeof(FindIcePapCommand).Assembly.GetName().Version!;
        Assert.Equal(Value("ModuleVersion"), assembly.ToString(3));
        Assert.All(Directory.GetFiles(Module.Bin, "*.dll"), path => Assert.Equal(assembly, AssemblyName.GetAssemblyName(path).Version));
    }

    [Fact]
    public void The_files_that_it_names_are_in_the_bin_folder() =>
        Assert.All([Value("RootModule"), .. List("FormatsToProcess"), .. List("TypesToProcess")], file => Assert.True(File.Exists(Path.Combine(Module.Root, file)), file));

    [Fact]
    public void It_is_for_Windows_PowerShell_and_PowerShell_alike()
    {
        Assert.Equal("5.1", Value("PowerShellVersion"));
        Assert.Equal(["Desktop", "Core"], List("CompatiblePSEditions"));
        Assert.NotEqual(Guid.Empty, Guid.Parse(Value("GUID")));
        Assert.Contains("PSEdition_Desktop", List("Tags"));
        Assert.All(["LicenseUri", "ProjectUri"], key => Assert.Equal("https", new Uri(Value(key)).Scheme));
    }

    [Fact]
    public void No_third_party_assembly_is_beside_the_modules_own() =>
        Assert.Equal(["PSLabNet.Core.dll", "PSLabNet.Simulation.dll", "PSLabNet.dll"], Directory.GetFiles(Module.Bin, "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void The_assemblies_reference_nothing_that_Windows_PowerShell_lacks() =>
        Assert.All(
            Directory.GetFiles(Module.Bin, "*.dll").SelectMany(path => Assembly.LoadFrom(path).GetReferencedAssemblies()),
            reference => Assert.Contains(reference.Name, (string?[])["netstandard", "System.Management.Automation", "PSLabNet.Core", "PSLabNet.Simulation"]));

    private static string Value(string key) => Regex.Match(Text, @$"(?m)^\s*{key}\s*=\s*'(.*)'\s*$").Groups[1].Value;

    private static IEnumerable<string> List(string key) =>
        Regex.Matches(Regex.Match(Text, @$"(?m)^\s*{key}\s*=\s*@\(([^)]*)\)").Groups[1].Value, "'([^']*)'").Select(match => match.Groups[1].Value);
}
