using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>
/// The keywords of options files and the fields of each, from the FlexNet Publisher License Administration Guide 2023 R1 to
/// 2026 R1 ("Options File Syntax" and a page for each keyword).
/// </summary>
internal static class OptionKeywords
{
    public const string Reserve = "RESERVE";
    public const string Max = "MAX";
    public const string Group = "GROUP";
    public const string HostGroup = "HOST_GROUP";
    public const string GroupCaseInsensitive = "GROUPCASEINSENSITIVE";
    public const string BorrowLowWater = "BORROW_LOWWATER";
    public const string MaxBorrowHours = "MAX_BORROW_HOURS";
    public const string MaxOverdraft = "MAX_OVERDRAFT";
    public const string DaemonSelectTimeout = "DAEMON_SELECT_TIMEOUT";
    public const string Timeout = "TIMEOUT";
    public const string TimeoutAll = "TIMEOUTALL";
    public const string Linger = "LINGER";
    public const string Include = "INCLUDE";
    public const string IncludeAll = "INCLUDEALL";
    public const string IncludeBorrow = "INCLUDE_BORROW";
    public const string Exclude = "EXCLUDE";
    public const string ExcludeAll = "EXCLUDEALL";
    public const string ExcludeBorrow = "EXCLUDE_BORROW";
    public const string ActivationLowWater = "ACTIVATION_LOWWATER";
    public const string ActivationExpiryDays = "ACTIVATION_EXPIRY_DAYS";

    // Rational's license server documents this name for GROUP.
    private const string UserGroup = "USER_GROUP";

    private static readonly OptionField[] ForFeature = [OptionField.Feature, OptionField.TypedNames];
    private static readonly OptionField[] ForAll = [OptionField.TypedNames];
    private static readonly OptionField[] NumberFirst = [OptionField.Number, OptionField.Feature, OptionField.TypedNames];
    private static readonly OptionField[] FeatureNumber = [OptionField.Feature, OptionField.Number];
    private static readonly OptionField[] OneNumber = [OptionField.Number];

    private static readonly Dictionary<string, OptionField[]> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AUTOMATIC_REREAD"] = [OptionField.Switch],
        ["AUTO_ROLLOVER"] = [OptionField.Rest],
        [ActivationLowWater] = FeatureNumber,
        [ActivationExpiryDays] = FeatureNumber,
        [BorrowLowWater] = FeatureNumber,
        [DaemonSelectTimeout] = OneNumber,
        ["DEBUGLOG"] = [OptionField.Rest],
        [Exclude] = ForFeature,
        [ExcludeBorrow] = ForFeature,
        ["EXCLUDE_ENTITLEMENT"] = ForFeature,
        [ExcludeAll] = ForAll,
        ["EXCLUDEALL_ENTITLEMENT"] = ForAll,
        ["FQDN_MATCHING"] = [OptionField.Matching],
        [Group] = [OptionField.GroupName, OptionField.Members],
        [GroupCaseInsensitive] = [OptionField.Switch],
        [HostGroup] = [OptionField.GroupName, OptionField.Members],
        [Include] = ForFeature,
        [IncludeBorrow] = ForFeature,
        ["INCLUDE_ENTITLEMENT"] = ForFeature,
        [IncludeAll] = ForAll,
        ["INCLUDEALL_ENTITLEMENT"] = ForAll,
        [Linger] = FeatureNumber,
        [Max] = NumberFirst,
        [MaxBorrowHours] = FeatureNumber,
        ["MAX_CONNECTIONS"] = OneNumber,
        [MaxOverdraft] = FeatureNumber,
        ["NOLOG"] = [OptionField.LogItem],
        ["REPORTLOG"] = [OptionField.Rest],
        [Reserve] = NumberFirst,
        [Timeout] = FeatureNumber,
        [TimeoutAll] = OneNumber,
        [UserGroup] = [OptionField.GroupName, OptionField.Members],
    };

    private static readonly Dictionary<string, FlexLmOptionType> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["USER"] = FlexLmOptionType.User,
        ["HOST"] = FlexLmOptionType.Host,
        ["DISPLAY"] = FlexLmOptionType.Display,
        ["INTERNET"] = FlexLmOptionType.Internet,
        ["PROJECT"] = FlexLmOptionType.Project,
        ["GROUP"] = FlexLmOptionType.Group,
        ["HOST_GROUP"] = FlexLmOptionType.HostGroup,
    };

    /// <summary>The fields of a keyword, which may be written in any case.</summary>
    /// <returns>False if the word is not a keyword of options files.</returns>
    public static bool TryGetFields(string word, out IReadOnlyList<OptionField> fields)
    {
        bool isKnown = Fields.TryGetValue(word, out OptionField[]? found);
        fields = found ?? [];
        return isKnown;
    }

    /// <summary>A keyword as the guide writes it.</summary>
    public static string Canonical(string word)
    {
        string upper = word.ToUpperInvariant();
        return upper == UserGroup ? Group : upper;
    }

    public static bool TryGetType(string word, out FlexLmOptionType type) => Types.TryGetValue(word, out type);

    /// <summary>A type as options files write it.</summary>
    public static string NameOf(FlexLmOptionType type) => type == FlexLmOptionType.HostGroup ? HostGroup : type.ToString().ToUpperInvariant();

    /// <summary>Whether the option's first field names a feature of the license file, not an entitlement.</summary>
    public static bool NamesFeature(FlexLmOption option) =>
        option.Feature.Length > 0
        && !option.Keyword.EndsWith("_ENTITLEMENT", StringComparison.Ordinal)
        && option.Keyword is not (ActivationLowWater or ActivationExpiryDays);
}
