using System;
using System.Collections.Generic;
using System.Globalization;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>Reads the lines about features: their numbers, pools and users.</summary>
internal sealed class FeatureLines
{
    private const string UsersMark = "Users of ";
    private const string ServedMark = "Users of features served by ";
    private const string Action = "read the output of lmstat";

    private readonly FlexLmStatOptions options;
    private readonly StringCache strings;
    private readonly PoolLine pools;
    private readonly UsageList usages;
    private FeatureSection? current;
    private string served = string.Empty;

    public FeatureLines(FlexLmStatOptions options, StringCache strings)
    {
        this.options = options;
        this.strings = strings;
        pools = new PoolLine(options.TimeZone, strings);
        usages = new UsageList(options, strings);
    }

    public List<FeatureSection> Sections { get; } = [];

    public bool IsEmpty => Sections.Count == 0;

    /// <summary>
    /// True if the last feature lists fewer licenses than are in use, unless no user is listed anywhere (--no-user-info).
    /// </summary>
    public bool IsCutOff
    {
        get
        {
            if (current is not { ReportedInUse: { } reported } last)
            {
                return false;
            }

            long listed = 0;
            last.Pools.ForEach(pool => listed += pool.InUse + pool.Reserved);
            return listed < reported
                && (!FeatureTotals.IsUserless(last) || Sections.Exists(section => section != last && section.ReportedInUse > 0 && !FeatureTotals.IsUserless(section))
                    || !Sections.Exists(section => section != last && section.ReportedInUse > 0));
        }
    }

    /// <summary>Reads a line that begins a feature.</summary>
    /// <returns>Null if it does not begin a feature.</returns>
    public LineResult? TryHeader(TextSlice line, ServerBlock? server)
    {
        if (!line.StartsWith(UsersMark))
        {
            return null;
        }

        if (line.StartsWith(ServedMark) && line[line.Length - 1] == ':')
        {
            // lmstat -S: the lines that follow belong to this daemon.
            current = null;
            served = strings.Get(line.Part(ServedMark.Length, line.Length - ServedMark.Length - 1).Trim());
            return LineResult.Understood;
        }

        // This applies even if the line is not understood: the users below it do not use the previous feature.
        current = null;
        int colon = line.IndexOf(": ", UsersMark.Length);
        if (colon < 0)
        {
            return null;
        }

        string name = strings.Get(line.Part(UsersMark.Length, colon - UsersMark.Length).Trim());
        TextSlice rest = line.From(colon + 1).Trim();
        FeatureSection? section = FeatureHeaderLine.TryRead(name, rest, server, Action);
        if (section is null)
        {
            return null;
        }

        string above = server?.BeginFeature() ?? string.Empty;
        section.Vendor = served.Length > 0 ? served : above;
        current = section;
        Sections.Add(section);
        return LineResult.Understood;
    }

    /// <summary>Reads a line below a feature.</summary>
    /// <returns>Null if it does not belong to a feature.</returns>
    public LineResult? TryUsage(TextSlice line, DateTimeOffset checkedAt)
    {
        if (current is null)
        {
            return null;
        }

        return pools.TryRead(line, current)
            ?? (UsageLine.TryRead(line, out UsageLine usage) ? usages.Add(in usage, current, checkedAt) : null);
    }

    /// <summary>Ends the features of a server or vendor daemon: later lines do not belong to them.</summary>
    public void End()
    {
        current = null;
        served = string.Empty;
    }

    public IEnumerable<FlexLmFeature> Build(DateTimeOffset checkedAt)
    {
        usages.Complete(Sections);
        FeatureVendors.Complete(Sections);
        foreach (FeatureSection section in Sections)
        {
            yield return FeatureTotals.Build(section, checkedAt, options.TimeZone);
        }
    }

    public IEnumerable<string> Notes()
    {
        if (usages.Guesses > 0)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "Users or displays with blanks: {0}; which of the words is the host is not certain.", usages.Guesses);
        }

        if (Sections.Exists(section => section.Pools.Exists(pool => pool.IsNamed && pool.Expiry == PoolExpiry.Unknown)))
        {
            yield return "The report does not say when all licenses expire; an empty Expires does not mean never.";
        }
    }
}
