using System.Collections.Generic;

namespace PSLabNet.IcePap.Protocol;

/// <summary>The findings of the rules about a configuration, one sentence each.</summary>
/// <param name="Problems">Problems that prevent sending.</param>
/// <param name="Warnings">Problems with values that the device already has and keeps. They may be sent.</param>
internal sealed record IcePapRuleFindings(IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings);
