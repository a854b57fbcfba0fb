using System;
using System.IO;

namespace PSLabNet.Lab;

/// <summary>The checkout in which this program was built.</summary>
public static class Repository
{
    /// <summary>Its root folder.</summary>
    /// <exception cref="IOException">The program does not run in a checkout.</exception>
    public static string Root { get; } = Find();

    /// <summary>The path of a file or folder in it.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PSLabNet.sln")))
            {
                return folder.FullName;
            }
        }

        throw new IOException("This program does not run in a checkout of PSLabNet.");
    }
}
