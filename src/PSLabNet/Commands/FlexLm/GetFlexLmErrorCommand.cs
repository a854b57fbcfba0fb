using System;
using System.Collections.Generic;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Get-FlexLmError: explains FlexLM's error numbers.</summary>
[Cmdlet(VerbsCommon.Get, "FlexLmError")]
[OutputType(typeof(FlexLmErrorDescription))]
public sealed class GetFlexLmErrorCommand : LabCmdlet
{
    /// <summary>Numbers, with or without the sign, or names such as LM_MAXUSERS. Without it, the whole table.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [FlexLmErrorName]
    [ArgumentCompleter(typeof(FlexLmErrorCompleter))]
    public int[]? Code { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Code is null)
        {
            WriteObject(FlexLmErrorTable.All, true);
            return;
        }

        foreach (int code in Code)
        {
            if (FlexLmErrorTable.Find(code) is { } description)
            {
                WriteObject(description);
            }
            else
            {
                WriteFailure(new KeyNotFoundException(FormattableString.Invariant($"FlexLM's published table has no error {code}. Its numbers are -1 to -{FlexLmErrorTable.All.Count}.")), code);
            }
        }
    }
}
