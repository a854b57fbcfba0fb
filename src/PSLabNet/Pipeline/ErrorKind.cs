using System.Management.Automation;

namespace PSLabNet.Pipeline;

/// <summary>The parts of an error record that are the same for every error of one kind. The kinds are listed in <see cref="ErrorRecords"/>.</summary>
/// <param name="Id">Stable name, without the module's prefix. It is the same in every version.</param>
/// <param name="Category">PowerShell's category.</param>
/// <param name="RecommendedAction">What the user can do about it.</param>
internal sealed record ErrorKind(string Id, ErrorCategory Category, string RecommendedAction);
