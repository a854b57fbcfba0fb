using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>What the names of an option are (License Administration Guide, "Specifying License Restrictions Using Type").</summary>
public enum FlexLmOptionType
{
    /// <summary>The option has no names, or they need no type: the members of a group.</summary>
    None,

    /// <summary>USER: names of users.</summary>
    User,

    /// <summary>HOST: names or IP addresses of hosts.</summary>
    Host,

    /// <summary>DISPLAY: X displays or terminals.</summary>
    Display,

    /// <summary>INTERNET: IP addresses, with <c>*</c> for any octet.</summary>
    Internet,

    /// <summary>PROJECT: values of LM_PROJECT.</summary>
    Project,

    /// <summary>GROUP: groups that GROUP lines define.</summary>
    Group,

    /// <summary>HOST_GROUP: groups that HOST_GROUP lines define.</summary>
    HostGroup,
}

/// <summary>A line of the options file of a vendor daemon.</summary>
public sealed class FlexLmOption
{
    internal FlexLmOption()
    {
    }

    /// <summary>The keyword in capitals, for example RESERVE. USER_GROUP, which some publishers document, is GROUP.</summary>
    public string Keyword { get; internal init; } = string.Empty;

    /// <summary>Name of the feature or package, or the entitlement of an activation option; empty if the keyword has none.</summary>
    public string Feature { get; internal init; } = string.Empty;

    /// <summary>The <c>keyword=value</c> after the feature's colon, which selects some of its licenses; empty if there is none.</summary>
    public string Modifier { get; internal init; } = string.Empty;

    /// <summary>
    /// The number: licenses of RESERVE, MAX, BORROW_LOWWATER, MAX_OVERDRAFT and ACTIVATION_LOWWATER; seconds of LINGER, TIMEOUT,
    /// TIMEOUTALL and DAEMON_SELECT_TIMEOUT; hours of MAX_BORROW_HOURS; days of ACTIVATION_EXPIRY_DAYS; connections of
    /// MAX_CONNECTIONS. Null if the keyword has none.
    /// </summary>
    public int? Number { get; internal init; }

    /// <summary>What <see cref="Names"/> are.</summary>
    public FlexLmOptionType Type { get; internal init; }

    /// <summary>Name of the group that a GROUP or HOST_GROUP line defines; empty for other keywords.</summary>
    public string Group { get; internal init; } = string.Empty;

    /// <summary>Users, hosts, displays, addresses, projects or groups; of GROUP and HOST_GROUP the members.</summary>
    public IReadOnlyList<string> Names { get; internal init; } = [];

    /// <summary>The path of DEBUGLOG and REPORTLOG, the word of NOLOG, ON or OFF; empty for other keywords.</summary>
    public string Value { get; internal init; } = string.Empty;

    /// <summary>Number of the physical line where it begins, from 1.</summary>
    public int LineNumber { get; internal init; }

    /// <summary>The file.</summary>
    public string Source { get; internal init; } = string.Empty;

    /// <summary>Characters of the line, with its continuation lines.</summary>
    internal int Length { get; init; }

    /// <summary>The keyword and type as they are written in the file.</summary>
    internal string Spelling { get; init; } = string.Empty;

    /// <summary>The feature with its modifier.</summary>
    internal string Target => Modifier.Length == 0 ? Feature : $"{Feature}:{Modifier}";

    /// <summary>The words of the line, separated by one blank, with control characters escaped.</summary>
    internal string Text { get; init; } = string.Empty;

    /// <summary>The option in one line.</summary>
    /// <returns>For example <c>RESERVE 2 MATLAB USER alice</c>.</returns>
    public override string ToString() => Text;
}
