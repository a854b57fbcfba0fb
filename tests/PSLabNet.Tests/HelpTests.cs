using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace PSLabNet.Tests;

/// <summary>Checks without a PowerShell that pages and help files match the code. tests/Pester/Help.Tests.ps1 checks more.</summary>
public sealed partial class HelpTests
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";

    public static TheoryData<string> Names => [.. Module.Cmdlets.Select(Module.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_cmdlet_has_a_page_with_its_parameters_and_three_examples(string name)
    {
        string page = File.ReadAllText(Path.Combine(Module.Root, "docs", "en-US", name + ".md"));
        Assert.Equal(ParametersOf(name), ParameterHeading().Matches(page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.True(ExampleHeading().Count(page) >= 3, "A page has three examples at least.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_cmdlet_has_its_parameters_in_the_help_file(string name)
    {
        XElement help = XDocument.Load(Path.Combine(Module.Root, "en-US", "PSLabNet.dll-Help.xml")).Root!.Elements(Command + "command")
            .Single(command => (string?)command.Element(Command + "details")?.Element(Command + "name") == name);
        Assert.Equal(ParametersOf(name), help.Element(Command + "parameters")!.Elements().Select(parameter => (string)parameter.Element(Maml + "name")!).Order(StringComparer.Ordinal));
        Assert.True(help.Element(Command + "examples")!.Elements().Count() >= 3, "A help file has three examples at least.");
    }

    private static IEnumerable<string> ParametersOf(string name)
    {
        Type cmdlet = Module.Cmdlet(name);
        bool asks = Module.Argument(Module.AttributeOf<System.Management.Automation.CmdletAttribute>(cmdlet), "SupportsShouldProcess") is true;
        IEnumerable<string> own = Module.Parameters(cmdlet).Select(parameter => parameter.Name);
        return (asks ? own.Concat(["WhatIf", "Confirm"]) : own).Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^### -(\w+)\r?$", RegexOptions.Multiline)]
    private static partial Regex ParameterHeading();

    [GeneratedRegex("^### Example [0-9]+: ", RegexOptions.Multiline)]
    private static partial Regex ExampleHeading();
}
