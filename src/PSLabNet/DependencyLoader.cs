#if NET
using System;
using System.IO;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace PSLabNet;

/// <summary>
/// Loads the module's packages into its own AssemblyLoadContext. Other modules of a session may have loaded another version
/// of them, or load one later: neither sees the other.
/// </summary>
/// <remarks>
/// Differs between the legs: .NET Framework has no load contexts, and the module has no packages there. The pattern follows
/// Microsoft's "Resolving PowerShell module assembly dependency conflicts".
/// </remarks>
public sealed class DependencyLoader : IModuleAssemblyInitializer
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(DependencyLoader).Assembly.Location)!;
    private static readonly AssemblyLoadContext Context = new(nameof(PSLabNet));

    // Once per process: assemblies stay loaded when a module is removed.
    static DependencyLoader() => AssemblyLoadContext.Default.Resolving += static (_, wanted) => Load(wanted);

    /// <summary>PowerShell calls this when it imports the module, before any cmdlet runs.</summary>
    public void OnImport()
    {
        // The static constructor has already done it.
    }

    // Another module may request another version of the same package: this loader must not answer that request. The version
    // of this one is what the core refers to. Reading it out of the file would load a library of metadata: 5 to 13 ms.
    private static Assembly? Load(AssemblyName wanted)
    {
        string path = Path.Combine(Folder, wanted.Name + ".dll");
        return wanted.Name == "System.IO.Hashing" && IsOfCore(wanted.FullName) && File.Exists(path)
            ? Context.LoadFromAssemblyPath(path)
            : null;
    }

    private static bool IsOfCore(string name) =>
        Array.Exists(typeof(MacAddress).Assembly.GetReferencedAssemblies(), reference => reference.FullName == name);
}
#endif
