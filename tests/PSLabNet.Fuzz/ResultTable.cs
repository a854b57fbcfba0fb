using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSLabNet.Fuzz.Engine;

namespace PSLabNet.Fuzz;

/// <summary>The results in columns.</summary>
internal static class ResultTable
{
    public static string Line(TargetResult result) => string.Format(
        CultureInfo.InvariantCulture,
        "{0,-20} {1,14:N0} {2,12:N0}/s {3,6:0.0} % {4,9:N0} {5,6:0} % {6,7}",
        result.Target,
        result.Inputs,
        result.PerSecond,
        result.ValidShare * 100,
        result.Kept,
        result.MemoryShare * 100,
        result.Findings.Count);

    public static string ForConsole(IReadOnlyList<TargetResult> results) => string.Join(
        '\n',
        results.Select(Line).Prepend(string.Format(CultureInfo.InvariantCulture, "{0,-20} {1,14} {2,14} {3,8} {4,9} {5,8} {6,7}", "target", "inputs", "speed", "valid", "kept", "memory", "failed")));
}
