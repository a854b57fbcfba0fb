using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>Runs all rules over an options file.</summary>
internal sealed class OptionRules
{
    private readonly OptionContext context;

    public OptionRules(IReadOnlyList<FlexLmOption> options, IReadOnlyList<FlexLmLicenseLine>? licenses) => context = new OptionContext(options, licenses);

    /// <summary>The findings, by line; those of one line in the order of the rules.</summary>
    public IReadOnlyList<FlexLmOptionFinding> Check()
    {
        LineRules.Check(context);
        GroupRules.Check(context);
        FeatureRules.Check(context);
        LimitRules.Check(context);
        AccessRules.Check(context);
        return [.. context.Findings.OrderBy(finding => finding.Line)];
    }
}
