#if NET
using System.IO;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace PSLabNet;

/// <summary>
/// Loads the packages that the module brings along into an AssemblyLoadContext of its own. Other modules of a session may
/// have loaded another version of them, or load one later: neither sees the other.
/// </summary>
/// <remarks>
/// Differs between the legs: .NET Framework has no load contexts, and there the module brings no packages along. The pattern
/// is the one of Microsoft's "Resolving PowerShell module assembly dependency conflicts".
/// </remarks>
public sealed class DependencyLoader : IModuleAssemblyInitializer
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(DependencyLoader).Assembly.Location)!;
    private static readonly AssemblyLoadContext Context = new(nameof(PSLabNet));

    // Once for the process: assemblies stay loaded when a module is removed.
    static DependencyLoader() => AssemblyLoadContext.Default.Resolving += static (_, wanted) => Load(wanted);

    /// <summary>PowerShell calls this when it imports the module, before any cmdlet runs.</summary>
    public void OnImport()
    {
        // The static constructor has done it.
    }

    // Another module may ask for the same package in another version: that one is not ours to answer.
    private static Assembly? Load(AssemblyName wanted)
    {
        string path = Path.Combine(Folder, wanted.Name + ".dll");
        return wanted.Name == "System.IO.Hashing" && File.Exists(path) && AssemblyName.GetAssemblyName(path).FullName == wanted.FullName
            ? Context.LoadFromAssemblyPath(path)
            : null;
    }
}
#endif
