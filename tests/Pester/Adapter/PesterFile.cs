using System;
using System.Collections.Generic;
using System.IO;

namespace PSLabNet.Pester;

/// <summary>A file with tests, and those in it that are not to run.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Without">Lines in which tests begin that are left out.</param>
internal sealed record PesterFile(string Name, IReadOnlyList<int> Without)
{
    /// <summary>Whether its tests may speak in the multicast group of the controllers, where one file speaks at a time.</summary>
    public bool Multicasts { get; } = File.ReadAllText(Path.Combine(Repository.PesterFolder, Name)).Contains("-IcePap", StringComparison.Ordinal);
}
