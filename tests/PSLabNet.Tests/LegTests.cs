using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace PSLabNet.Tests;

/// <summary>Each leg is complete: its folder and its runtime contain every assembly that it references.</summary>
public sealed class LegTests
{
    // The module is compiled against PowerShellStandard.Library, whose assembly has the version of Windows PowerShell 3.
    private static readonly (string Name, Version Version) PowerShell = ("System.Management.Automation", new Version(3, 0, 0, 0));

    [Fact]
    public void The_leg_for_Windows_PowerShell_has_the_modules_own_assemblies_and_no_other() =>
        Assert.Equal(["PSLabNet.Core.dll", "PSLabNet.Simulation.dll", "PSLabNet.dll"], Files("netstandard2.0"));

    [Fact]
    public void The_leg_for_PowerShell_has_System_IO_Hashing_beside_them() =>
        Assert.Equal(["PSLabNet.Core.dll", "PSLabNet.Simulation.dll", "PSLabNet.dll", "System.IO.Hashing.dll"], Files("net8.0"));

    [Fact]
    public void The_leg_for_Windows_PowerShell_references_what_Windows_PowerShell_has() =>
        Assert.All(ReferencesBeyondTheFolder("netstandard2.0"), reference => Assert.Contains(reference, ((string, Version)[])[("netstandard", new Version(2, 0, 0, 0)), PowerShell]));

    [Fact]
    public void The_leg_for_PowerShell_references_what_dotnet_8_has()
    {
        string[] runtime = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => Path.GetFileNameWithoutExtension(path)!)];
        Assert.All(ReferencesBeyondTheFolder("net8.0"), reference =>
        {
            if (reference != PowerShell)
            {
                Assert.Contains(reference.Name, runtime);
                Assert.InRange(reference.Version, new Version(0, 0), new Version(8, 0, 0, 0));
            }
        });
    }

    private static string Folder(string leg) => Path.Combine(Module.Root, "bin", leg);

    private static IEnumerable<string> Files(string leg) => Directory.GetFiles(Folder(leg), "*.dll").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    // References that another file of the folder provides, in the requested version, are skipped.
    private static (string Name, Version Version)[] ReferencesBeyondTheFolder(string leg)
    {
        AssemblyName[] beside = [.. Directory.GetFiles(Folder(leg), "*.dll").Select(AssemblyName.GetAssemblyName)];
        (string Name, Version Version)[] found =
            [.. Directory.GetFiles(Folder(leg), "*.dll").SelectMany(References).Where(reference => !beside.Any(own => own.Name == reference.Name && own.Version == reference.Version)).Distinct()];
        Assert.NotEmpty(found);
        return found;
    }

    // Read from the file: the test runtime would not load the references as the leg's own runtime does.
    private static (string Name, Version Version)[] References(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(reference => (metadata.GetString(reference.Name), reference.Version))];
    }
}
