using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>Rules about groups: each name that is used is defined, and the other way round.</summary>
internal static class GroupRules
{
    public static void Check(OptionContext context)
    {
        CheckUse(context, FlexLmOptionType.Group, OptionKeywords.Group, context.Users, OptionKeywords.HostGroup, context.Hosts);
        CheckUse(context, FlexLmOptionType.HostGroup, OptionKeywords.HostGroup, context.Hosts, OptionKeywords.Group, context.Users);
        CheckOrder(context);
    }

    private static void CheckUse(
        OptionContext context, FlexLmOptionType type, string keyword, ILookup<string, string> groups, string otherKeyword, ILookup<string, string> others)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        ILookup<string, string> spellings = groups.Select(group => group.Key).ToLookup(name => name, StringComparer.OrdinalIgnoreCase);
        foreach (FlexLmOption option in context.Options.Where(option => option.Type == type))
        {
            foreach (string name in option.Names.Where(used.Add).Where(name => !groups.Contains(name)))
            {
                string? similar = spellings[name].FirstOrDefault();
                context.Add(option, FlexLmOptionSeverity.Error, $"No {keyword} line defines '{name}'.",
                    similar is not null ? $"Write '{similar}': names of groups are case-sensitive."
                    : others.Contains(name) ? $"'{name}' is a {otherKeyword}. Use {otherKeyword} as the type."
                    : $"Add a {keyword} line for '{name}', or correct the name.");
            }
        }

        foreach (FlexLmOption option in context.Options.Where(option => option.Keyword == keyword && used.Add(option.Group)))
        {
            context.Add(option, FlexLmOptionSeverity.Information, $"No line uses the group '{option.Group}'.", "Remove the line, or use the group.");
        }
    }

    // The servers that document an order want GROUPCASEINSENSITIVE before the groups.
    private static void CheckOrder(OptionContext context)
    {
        bool hasGroup = false;
        foreach (FlexLmOption option in context.Options)
        {
            hasGroup |= option.Keyword is OptionKeywords.Group or OptionKeywords.HostGroup;
            if (hasGroup && option.Keyword == OptionKeywords.GroupCaseInsensitive)
            {
                context.Add(option, FlexLmOptionSeverity.Warning, "The line follows groups that may be read before it takes effect.", "Move it to the start of the file.");
            }
        }
    }
}
