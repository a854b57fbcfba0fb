using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using PSLabNet.Commands.IcePap;
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
        Assert.All(Module.Legs.SelectMany(leg => Directory.GetFiles(leg, "PSLabNet*.dll")), path => Assert.Equal(assembly, AssemblyName.GetAssemblyName(path).Version));
    }

    [Fact]
    public void The_files_that_it_names_are_in_the_bin_folder() =>
        Assert.All([.. ByEdition("RootModule"), .. List("FormatsToProcess"), .. List("TypesToProcess")], file => Assert.True(File.Exists(Path.Combine(Module.Root, file)), file));

    [Fact]
    public void It_is_for_Windows_PowerShell_and_PowerShell_alike()
    {
        Assert.Equal(["bin/net8.0/PSLabNet.dll", "bin/netstandard2.0/PSLabNet.dll"], ByEdition("RootModule"));
        Assert.Equal(["7.4", "5.1"], ByEdition("PowerShellVersion"));
        Assert.Equal(["Desktop", "Core"], List("CompatiblePSEditions"));
        Assert.NotEqual(Guid.Empty, Guid.Parse(Value("GUID")));
        Assert.Contains("PSEdition_Desktop", List("Tags"));
        Assert.All(["LicenseUri", "ProjectUri"], key => Assert.Equal("https", new Uri(Value(key)).Scheme));
    }

    private static string Value(string key) => Regex.Match(Text, @$"(?m)^\s*{key}\s*=\s*'(.*)'\s*$").Groups[1].Value;

    // The values for PowerShell and for Windows PowerShell.
    private static string[] ByEdition(string key)
    {
        Match match = Regex.Match(Text, @$"(?m)^\s*{key}\s*=\s*if \(\$PSEdition -eq 'Core'\) \{{ '(.*)' \}} else \{{ '(.*)' \}}\s*$");
        return [match.Groups[1].Value, match.Groups[2].Value];
    }

    private static IEnumerable<string> List(string key) =>
        Regex.Matches(Regex.Match(Text, @$"(?m)^\s*{key}\s*=\s*@\(([^)]*)\)").Groups[1].Value, "'([^']*)'").Select(match => match.Groups[1].Value);
}
