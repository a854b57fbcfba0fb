using System.Runtime.InteropServices;

namespace PSLabNet.Link.Namespaces;

/// <summary>Functions of Linux that the class library of .NET does not offer.</summary>
internal static partial class LibC
{
    /// <summary>Request of ioctl: calls the driver of an interface.</summary>
    public const nuint SIOCETHTOOL = 0x8946;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint if_nametoindex(string name);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int ioctl(SafeHandle handle, nuint request, nint argument);
}
