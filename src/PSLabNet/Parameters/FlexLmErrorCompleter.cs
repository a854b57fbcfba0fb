using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSLabNet.FlexLm;

namespace PSLabNet.Parameters;

/// <summary>Completes -Code: a number, or a name with or without <c>LM_</c>, each with its meaning as the tooltip.</summary>
public sealed class FlexLmErrorCompleter : IArgumentCompleter
{
    private const string Prefix = "LM_";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = CompletionText.Unquote(wordToComplete);
        bool isNumber = typed.Length > 0 && (typed[0] == '-' || char.IsDigit(typed[0]));
        return FlexLmErrorTable.All
            .Where(error => isNumber ? Number(error).StartsWith(typed.TrimStart('-'), StringComparison.Ordinal) : IsBeginning(error.Name, typed))
            .Select(error => new CompletionResult(
                isNumber ? "-" + Number(error) : error.Name, $"-{Number(error)} {error.Name}", CompletionResultType.ParameterValue, $"{error}"));
    }

    private static string Number(FlexLmErrorDescription error) => Math.Abs(error.Code).ToString(CultureInfo.InvariantCulture);

    private static bool IsBeginning(string name, string typed) =>
        name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || name.StartsWith(Prefix + typed, StringComparison.OrdinalIgnoreCase);
}
