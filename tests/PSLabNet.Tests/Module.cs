using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using PSLabNet.Commands.IcePap;
using PSLabNet.IcePap;
using PSLabNet.Simulation.IcePap;

namespace PSLabNet.Tests;

/// <summary>The module in the checkout after a build: manifest, bin folder, cmdlet classes, their documentation.</summary>
internal static class Module
{
    public static string Root { get; } = FindRoot();

    public static string Bin { get; } = Path.Combine(Root, "bin");

    /// <summary>The folders of assemblies: for PowerShell, and for Windows PowerShell.</summary>
    public static IReadOnlyList<string> Legs { get; } = [Path.Combine(Bin, "net8.0"), Path.Combine(Bin, "netstandard2.0")];

    public static IReadOnlyList<Type> Cmdlets { get; } =
        [.. typeof(FindIcePapCommand).Assembly.GetTypes().Where(type => AttributeOf<CmdletAttribute>(type) is not null).OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static XDocument Documentation { get; } = XDocument.Load(Path.Combine(Legs[0], "PSLabNet.xml"));

    public static IReadOnlyList<Assembly> Assemblies { get; } = [typeof(FindIcePapCommand).Assembly, typeof(IcePapDevice).Assembly, typeof(SimulatedIcePap).Assembly];

    public static string Name(Type cmdlet)
    {
        CustomAttributeData attribute = AttributeOf<CmdletAttribute>(cmdlet)!;
        return $"{attribute.ConstructorArguments[0].Value}-{attribute.ConstructorArguments[1].Value}";
    }

    public static Type Cmdlet(string name) => Cmdlets.Single(type => Name(type) == name);

    public static IReadOnlyList<PropertyInfo> Parameters(Type cmdlet) =>
        [.. cmdlet.GetProperties().Where(property => AttributeOf<ParameterAttribute>(property) is not null)];

    /// <summary>An attribute as written in the source. The reference assembly of PowerShell cannot create attributes.</summary>
    public static CustomAttributeData? AttributeOf<T>(MemberInfo member) =>
        member.GetCustomAttributesData().FirstOrDefault(attribute => attribute.AttributeType == typeof(T));

    public static object? Argument(CustomAttributeData? attribute, string name) =>
        attribute?.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => argument.TypedValue.Value).FirstOrDefault();

    public static Type? FindType(string name) => Assemblies.Select(assembly => assembly.GetType(name)).FirstOrDefault(type => type is not null);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PSLabNet.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds PSLabNet.psd1.");
    }
}
