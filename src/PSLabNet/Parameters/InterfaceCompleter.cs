using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSLabNet.Net;

namespace PSLabNet.Parameters;

/// <summary>Completes -Interface with the interfaces of this machine, each with its address as the tooltip.</summary>
public sealed class InterfaceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = CompletionText.Unquote(wordToComplete);
        return LocalInterface.GetAll()
            .Where(local => local.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                || local.Address.ToString().StartsWith(typed, StringComparison.Ordinal))
            .Select(local => new CompletionResult(
                CompletionText.Quote(local.Name), local.Name, CompletionResultType.ParameterValue, $"{local.Address}/{local.PrefixLength} {local.Description}"));
    }
}
