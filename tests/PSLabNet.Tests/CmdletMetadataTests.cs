using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using PSLabNet.Pipeline;
using Xunit;

namespace PSLabNet.Tests;

public sealed class CmdletMetadataTests
{
    private static readonly HashSet<string> ApprovedVerbs =
        [.. typeof(VerbsCommon).Assembly.GetTypes()
            .Where(type => type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)];

    public static TheoryData<string> Names => [.. Module.Cmdlets.Select(Module.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_verb_is_approved_and_the_noun_singular(string name)
    {
        string[] parts = name.Split('-');
        Assert.Contains(parts[0], ApprovedVerbs);
        Assert.Matches("^(IcePap|FlexLm|LmStat)", parts[1]);
        Assert.DoesNotMatch("(?<![su])s$", parts[1]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_class_is_public_sealed_and_named_for_the_cmdlet_and_so_is_its_file(string name)
    {
        Type cmdlet = Module.Cmdlet(name);
        Assert.Equal(name.Replace("-", "", StringComparison.Ordinal) + "Command", cmdlet.Name);
        Assert.True(cmdlet is { IsPublic: true, IsSealed: true });
        Assert.Single(Directory.GetFiles(Path.Combine(Module.Root, "src", "PSLabNet", "Commands"), cmdlet.Name + ".cs", SearchOption.AllDirectories));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_output_type_is_declared_and_is_a_public_type_or_none(string name)
    {
        CustomAttributeData output = Module.AttributeOf<OutputTypeAttribute>(Module.Cmdlet(name))!;
        Assert.NotNull(output);
        var types = (ReadOnlyCollection<CustomAttributeTypedArgument>)output.ConstructorArguments[0].Value!;
        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.True(((Type)type.Value!).IsPublic));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cmdlet_and_parameters_are_documented(string name)
    {
        Type cmdlet = Module.Cmdlet(name);
        Dictionary<string, string> summaries = Module.Documentation.Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!, member => ((string?)member.Element("summary") ?? "").Trim());
        Assert.StartsWith(name + ":", summaries[$"T:{cmdlet.FullName}"], StringComparison.Ordinal);
        Assert.All(Module.Parameters(cmdlet), parameter => Assert.EndsWith(".", summaries[$"P:{parameter.DeclaringType!.FullName}.{parameter.Name}"], StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Positions_are_given_once_and_from_the_first_on(string name)
    {
        List<int> positions = [.. Module.Parameters(Module.Cmdlet(name))
            .SelectMany(parameter => parameter.GetCustomAttributesData().Where(attribute => attribute.AttributeType == typeof(ParameterAttribute)))
            .GroupBy(attribute => Module.Argument(attribute, "ParameterSetName") as string)
            .SelectMany(set => set.Select(attribute => Module.Argument(attribute, "Position")).OfType<int>())
            .Order()];
        Assert.Equal(Enumerable.Range(0, positions.Count), positions);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_that_changes_something_asks_first(string name)
    {
        CustomAttributeData cmdlet = Module.AttributeOf<CmdletAttribute>(Module.Cmdlet(name))!;
        bool changesDevice = name.StartsWith("Set-", StringComparison.Ordinal);
        bool writesFile = name.StartsWith("Export-", StringComparison.Ordinal);
        Assert.Equal(changesDevice || writesFile, Module.Argument(cmdlet, "SupportsShouldProcess") is true);
        Assert.Equal(changesDevice, Module.Argument(cmdlet, "ConfirmImpact") is (int)ConfirmImpact.High);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_timeout_is_in_seconds_a_double_and_has_the_alias_of_PowerShells_own(string name)
    {
        foreach (PropertyInfo parameter in Module.Parameters(Module.Cmdlet(name)).Where(parameter => parameter.Name.Contains("Timeout", StringComparison.Ordinal)))
        {
            Assert.Equal(("TimeoutSeconds", typeof(double)), (parameter.Name, parameter.PropertyType));
            var aliases = (ReadOnlyCollection<CustomAttributeTypedArgument>)Module.AttributeOf<AliasAttribute>(parameter)!.ConstructorArguments[0].Value!;
            Assert.Contains("TimeoutSec", aliases.Select(alias => alias.Value));
        }
    }

    [Fact]
    public void Every_exception_has_its_own_error_id_except_unforeseen_ones()
    {
        string source = File.ReadAllText(Path.Combine(Module.Root, "src", "PSLabNet", "Pipeline", "ErrorRecords.cs"));
        IEnumerable<Type> exceptions = typeof(MacAddress).Assembly.GetTypes().Append(typeof(InterfaceNotFoundException))
            .Where(type => type is { IsPublic: true, IsAbstract: false } && type.IsSubclassOf(typeof(Exception)) && type.Namespace!.EndsWith("IcePap", StringComparison.Ordinal));
        Assert.All(exceptions, type => Assert.Contains(type.Name, source, StringComparison.Ordinal));
    }
}
