using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>Whether lmgrd gives its license file, whole, and every line of it is understood.</summary>
internal static class LicenseFileStep
{
    private const int Shown = 3;

    /// <returns>False if the connection is of no more use.</returns>
    public static async Task<bool> RunAsync(ServerConversation conversation, ServerSession session, StepList steps)
    {
        Stopwatch clock = Stopwatch.StartNew();
        string path = string.Empty;
        try
        {
            path = await PathAsync(conversation.Manager).ConfigureAwait(false);
            string[] before = session.Warnings;
            await conversation.BeginWholeAsync().ConfigureAwait(false);
            conversation.End();
            steps.Add(StepNames.LicenseFile, path, Describe(conversation, path, [.. session.Warnings.Except(before)]), clock);
            return true;
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            FlexLmError error = session.Explain(exception, FlexLmErrorCode.CannotRead, "ask for the license file");
            steps.Add(StepNames.LicenseFile, path, new StepFinding(FlexLmStepState.Failed, $"lmgrd does not give its license file. {error}",
                "lmgrd hangs, or breaks off. Look into its debug log, and ask again with a longer -TimeoutSeconds."), clock);
            return false;
        }
    }

    private static async Task<string> PathAsync(ManagerClient manager)
    {
        try
        {
            return await manager.GetPathAsync().ConfigureAwait(false);
        }
        catch (FlexLmErrorException)
        {
            // Not every manager says it.
            return string.Empty;
        }
    }

    private static StepFinding Describe(ServerConversation conversation, string path, IReadOnlyList<string> warnings)
    {
        string file = path.Length == 0 ? "The license file" : path;
        if (conversation.LicenseError is { } error)
        {
            return new(FlexLmStepState.Failed, $"lmgrd does not give its license file. {error}", "Get-FlexLmError explains the number; ask with Get-FlexLmStatus -LmUtilPath.");
        }

        int lines = conversation.Lines.Count;
        string counts = FormattableString.Invariant($"{file}: {lines} license {(lines == 1 ? "line" : "lines")}");
        if (conversation.Faults.Count > 0)
        {
            FlexLmLicenseFault fault = conversation.Faults[0];
            string first = string.Join(" ", conversation.Faults.Take(Shown).Select(each => FormattableString.Invariant($"Line {each.LineNumber}: {each.Message}")));
            int left = conversation.Faults.Count - Shown;
            string more = left > 0 ? FormattableString.Invariant($" And {left} more.") : string.Empty;
            return new(FlexLmStepState.Warning, FormattableString.Invariant($"{counts}; {conversation.Faults.Count} not understood. {first}{more}"),
                FormattableString.Invariant($"Compare line {fault.LineNumber} with the file that the publisher sent; mail programs break long lines."));
        }

        return conversation.Manager.License is { MayBeCut: true } || warnings.Count > 0
            ? new(FlexLmStepState.Warning, $"{counts}, perhaps not all. {string.Join(" ", warnings)}", "Read the file on the server itself: Get-FlexLmLicense -Path.")
            : lines == 0
                ? new(FlexLmStepState.Warning, $"{file} has no license line.", "Give lmgrd the publisher's license file, with its option -c.")
                : StepFinding.Passed($"{counts}, all understood, to the end.");
    }
}
