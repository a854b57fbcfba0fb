using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>Whether the options let a user have a feature.</summary>
internal enum UserAccessKind
{
    /// <summary>No line stands in the way.</summary>
    Allowed,

    /// <summary>It depends on the host, the display or the licenses, which the user's name does not show.</summary>
    Depends,

    /// <summary>A line denies it.</summary>
    Denied,
}

/// <summary>What the options of one file say about one user and one feature.</summary>
/// <param name="Kind">Whether the user may have it.</param>
/// <param name="Reasons">The lines that decide, each as a sentence.</param>
internal sealed record UserAccess(UserAccessKind Kind, IReadOnlyList<string> Reasons)
{
    /// <summary>
    /// Looks at EXCLUDE before INCLUDE: where a feature has an INCLUDE list, only those on it may use it (License Administration Guide,
    /// "Rules of Precedence in Options Files"). Then at MAX, with what is held now.
    /// </summary>
    /// <param name="options">The options of one file.</param>
    /// <param name="feature">Name of the feature.</param>
    /// <param name="user">Name of the user.</param>
    /// <param name="holders">The users of the feature's licenses, once for each license.</param>
    public static UserAccess Find(IReadOnlyList<FlexLmOption> options, string feature, string user, IReadOnlyList<string> holders)
    {
        var context = new OptionContext(options, null);
        FlexLmOption[] own = [.. options.Where(option => option.Feature.Length == 0 || string.Equals(option.Feature, feature, StringComparison.OrdinalIgnoreCase))];
        FlexLmOption[] exclusions = [.. own.Where(option => option.Keyword is OptionKeywords.Exclude or OptionKeywords.ExcludeAll)];
        FlexLmOption[] inclusions = [.. own.Where(option => option.Keyword is OptionKeywords.Include or OptionKeywords.IncludeAll)];
        FlexLmOption[] limits = [.. own.Where(option => option.Keyword == OptionKeywords.Max && IsReached(option))];
        if (exclusions.FirstOrDefault(option => option.Modifier.Length == 0 && Names(option)) is { } exclusion)
        {
            return new(UserAccessKind.Denied, [$"{Line(exclusion)} excludes {user}: {exclusion}."]);
        }

        bool isIncluded = inclusions.Any(option => option.Modifier.Length == 0 && Names(option));
        if (inclusions.Length > 0 && !isIncluded && !Array.Exists(inclusions, option => !IsOfUsers(option) || Names(option)))
        {
            return new(UserAccessKind.Denied, [$"Only those on an INCLUDE list may use {feature}, and {user} is on none. {Line(inclusions[0])}: {inclusions[0]}."]);
        }

        if (Array.Find(limits, option => option.Modifier.Length == 0) is { } limit)
        {
            return new(UserAccessKind.Denied, [$"{Line(limit)} allows no more than what is held now: {limit}."]);
        }

        FlexLmOption[] unclear =
        [
            .. exclusions.Where(option => !IsOfUsers(option) || Names(option)),
            .. inclusions.Where(option => !isIncluded && (!IsOfUsers(option) || Names(option))),
            .. limits,
        ];
        return unclear.Length == 0
            ? new(UserAccessKind.Allowed, [])
            : new(UserAccessKind.Depends, [.. unclear.Select(option => $"{Line(option)} may decide: {option}.")]);

        bool Names(FlexLmOption option) => IsOfUsers(option) && context.Parties(option).Any(party => context.NameComparer.Equals(party.Name, user));

        bool IsReached(FlexLmOption option) =>
            Names(option) && holders.Count(holder => context.Parties(option).Any(party => context.NameComparer.Equals(party.Name, holder))) >= (option.Number ?? int.MaxValue);
    }

    private static bool IsOfUsers(FlexLmOption option) => option.Type is FlexLmOptionType.User or FlexLmOptionType.Group;

    private static string Line(FlexLmOption option) => FormattableString.Invariant($"Line {option.LineNumber} of {option.Source}");
}
