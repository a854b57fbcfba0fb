using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>What the rules look at: the options of a file, its groups, and the licenses that they are for.</summary>
internal sealed class OptionContext
{
    public OptionContext(IReadOnlyList<FlexLmOption> options, IReadOnlyList<FlexLmLicenseLine>? licenses)
    {
        Options = options;
        Licenses = licenses is null ? null : new LicensedFeatures(LinesOfVendor(licenses, options));
        Users = GroupsOf(OptionKeywords.Group);
        Hosts = GroupsOf(OptionKeywords.HostGroup);
        bool ignoresCase = options.Any(option => option.Keyword == OptionKeywords.GroupCaseInsensitive && option.Value == "ON");
        NameComparer = ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
    }

    public IReadOnlyList<FlexLmOption> Options { get; }

    /// <summary>Null if there is no license file to check against.</summary>
    public LicensedFeatures? Licenses { get; }

    /// <summary>Members of each GROUP. Names of groups are case-sensitive; several lines of one group add up.</summary>
    public ILookup<string, string> Users { get; }

    /// <summary>Members of each HOST_GROUP.</summary>
    public ILookup<string, string> Hosts { get; }

    /// <summary>Names of users and hosts are case-sensitive unless GROUPCASEINSENSITIVE is ON.</summary>
    public StringComparer NameComparer { get; }

    public List<FlexLmOptionFinding> Findings { get; } = [];

    public void Add(FlexLmOption option, FlexLmOptionSeverity severity, string message, string cure) =>
        Findings.Add(new FlexLmOptionFinding(option, severity, message, cure));

    /// <summary>Whom an option names, groups replaced by their members: a type and a name each, each once.</summary>
    public IEnumerable<(FlexLmOptionType Type, string Name)> Parties(FlexLmOption option)
    {
        (FlexLmOptionType type, IEnumerable<string> names) = option.Type switch
        {
            FlexLmOptionType.Group => (FlexLmOptionType.User, option.Names.SelectMany(name => Users[name])),
            FlexLmOptionType.HostGroup => (FlexLmOptionType.Host, option.Names.SelectMany(name => Hosts[name])),
            _ => (option.Type, option.Names),
        };
        return names.Distinct(NameComparer).Select(name => (type, name));
    }

    private ILookup<string, string> GroupsOf(string keyword) =>
        (from option in Options
         where option.Keyword == keyword
         from member in option.Names
         select (option.Group, Member: member)).ToLookup(pair => pair.Group, pair => pair.Member, StringComparer.Ordinal);

    // A license file may have several vendor daemons, each with an options file: that of its VENDOR line, or vendor.opt.
    private static IEnumerable<FlexLmLicenseLine> LinesOfVendor(IReadOnlyList<FlexLmLicenseLine> licenses, IReadOnlyList<FlexLmOption> options)
    {
        string? vendor = VendorOf(licenses, options);
        return vendor is null ? licenses : licenses.Where(line => string.Equals(line.Vendor, vendor, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The vendor daemon that an options file is for, by the VENDOR lines and the name of the file; null if they do not show it.</summary>
    public static string? VendorOf(IReadOnlyList<FlexLmLicenseLine> licenses, IReadOnlyList<FlexLmOption> options)
    {
        string file = options.Count == 0 ? string.Empty : FileName(options[0].Source);
        FlexLmLicenseLine? vendor =
            licenses.FirstOrDefault(line => line.Kind == FlexLmLineKind.Vendor && line.Attributes["OPTIONS"] is { } path && SameFile(FileName(path), file))
            ?? licenses.FirstOrDefault(line => line.Kind == FlexLmLineKind.Vendor && SameFile(line.Vendor + ".opt", file));
        return vendor?.Vendor;
    }

    private static bool SameFile(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    // Paths of license files may be of another system than this one.
    private static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}
