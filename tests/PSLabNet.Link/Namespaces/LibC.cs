using System.Runtime.InteropServices;

namespace PSLabNet.Link.Namespaces;

/// <summary>What the class library of .NET does not offer of Linux.</summary>
internal static partial class LibC
{
    /// <summary>Of ioctl: ask the driver of an interface.</summary>
    public const nuint SIOCETHTOOL = 0x8946;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint if_nametoindex(string name);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int ioctl(SafeHandle handle, nuint request, nint argument);
}
