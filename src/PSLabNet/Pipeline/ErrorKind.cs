using System.Management.Automation;

namespace PSLabNet.Pipeline;

/// <summary>What an error record says of every error of its kind. The kinds are listed in <see cref="ErrorRecords"/>.</summary>
/// <param name="Id">Stable name, without the module's prefix. It is the same in every version.</param>
/// <param name="Category">PowerShell's category.</param>
/// <param name="RecommendedAction">What the user can do about it.</param>
internal sealed record ErrorKind(string Id, ErrorCategory Category, string RecommendedAction);
