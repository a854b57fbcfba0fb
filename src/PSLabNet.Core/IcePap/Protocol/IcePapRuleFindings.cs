using System.Collections.Generic;

namespace PSLabNet.IcePap.Protocol;

/// <summary>What the rules say of a configuration, a sentence each.</summary>
/// <param name="Problems">What must not be sent.</param>
/// <param name="Warnings">What is wrong with values that the device has already and keeps. They may be sent.</param>
internal sealed record IcePapRuleFindings(IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings);
