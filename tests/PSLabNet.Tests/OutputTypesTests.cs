using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using PSLabNet.FlexLm;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using Xunit;

namespace PSLabNet.Tests;

/// <summary>Results are records of what was found; a script cannot change them by mistake.</summary>
public sealed class OutputTypesTests
{
    private static readonly HashSet<Type> All = Walk();

    public static TheoryData<string> Names => [.. All.Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_of_an_object_can_be_set(string name)
    {
        Type type = All.Single(one => one.FullName == name);

        // HelpLink, HResult and Source come from .NET's own Exception.
        Assert.DoesNotContain(type.GetProperties(), property => property.SetMethod?.IsPublic == true && property.DeclaringType != typeof(Exception));
        Assert.DoesNotContain(type.GetFields(BindingFlags.Instance | BindingFlags.Public), field => !field.IsInitOnly);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Members_that_the_compiler_made_do_not_show(string name) =>
        Assert.DoesNotContain(All.Single(one => one.FullName == name).GetMethods(), method => method.Name.Contains('<', StringComparison.Ordinal));

    [Fact]
    public void The_walk_reaches_what_stands_in_other_objects() =>
        Assert.Superset(
            new HashSet<Type>
            {
                typeof(IcePapDevice), typeof(IcePapConfiguration), typeof(FlexLmServerStatus), typeof(FlexLmVendorStatus), typeof(FlexLmPool),
                typeof(FlexLmCheckout), typeof(FlexLmError), typeof(FlexLmKeyword), typeof(FlexLmUnparsedLine), typeof(IcePapVerificationException),
            },
            All);

    // The results of all cmdlets, the exceptions in error records, the possible payloads of a packet, and the types of their
    // properties.
    private static HashSet<Type> Walk()
    {
        var open = new Queue<Type>(Module.Cmdlets
            .Select(cmdlet => cmdlet.GetCustomAttributesData().Where(attribute => attribute.AttributeType == typeof(OutputTypeAttribute)))
            .SelectMany(attributes => attributes)
            .SelectMany(attribute => (ReadOnlyCollection<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
            .Select(argument => (Type)argument.Value!)
            .Concat(Module.Assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(typeof(Exception).IsAssignableFrom))
            .Concat([typeof(IcePapConfiguration), typeof(IcePapAcknowledgement)]));
        var seen = new HashSet<Type>();
        while (open.TryDequeue(out Type? type))
        {
            if (Module.Assemblies.Contains(type.Assembly) && !type.IsEnum && seen.Add(type))
            {
                foreach (PropertyInfo property in type.GetProperties())
                {
                    PartsOf(property.PropertyType).ForEach(open.Enqueue);
                }
            }
        }

        return seen;
    }

    private static List<Type> PartsOf(Type type) =>
        type.HasElementType ? PartsOf(type.GetElementType()!) : [type, .. type.GetGenericArguments()];
}
