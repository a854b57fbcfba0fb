using System;
using System.Collections.Generic;
using System.IO;

namespace PSLabNet.Pester;

/// <summary>A file with tests, and the tests in it that must not run.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Without">Lines in which the skipped tests begin.</param>
internal sealed record PesterFile(string Name, IReadOnlyList<int> Without)
{
    /// <summary>Whether its tests may send to the multicast group of the controllers. Only one such file runs at a time.</summary>
    public bool Multicasts { get; } = File.ReadAllText(Path.Combine(Repository.PesterFolder, Name)).Contains("-IcePap", StringComparison.Ordinal);
}
