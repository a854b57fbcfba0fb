using System;
using System.Collections.Generic;
using System.Globalization;
using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>Parses the lines that grant licenses: FEATURE, INCREMENT, UPGRADE and PACKAGE.</summary>
internal sealed class FeatureLineParser
{
    private const string Uncounted = "uncounted";

    // Many lines share few dates, and converting to local time is slow.
    private const int MaxKnownDates = 4096;

    private readonly LineWords words;
    private readonly Dictionary<string, DateTimeOffset?> dates = new(StringComparer.Ordinal);

    public FeatureLineParser(LineWords words) => this.words = words;

    // FEATURE|INCREMENT|UPGRADE name vendor [fromversion] version expiry count [key] [attributes]
    public string? ParseFeature(ref LicenseLineFields line, out FlexLmLicenseLine? parsed)
    {
        parsed = null;
        string from = string.Empty;
        if (!words.TryField(out string name) || !words.TryField(out string vendor)
            || (line.Kind == FlexLmLineKind.Upgrade && !words.TryField(out from))
            || !words.TryField(out string version) || !words.TryField(out string expiry) || !words.TryField(out string count))
        {
            return line.Kind switch
            {
                FlexLmLineKind.Upgrade => "An UPGRADE line needs name, vendor, two versions, expiry and number.",
                FlexLmLineKind.Increment => "An INCREMENT line needs name, vendor, version, expiry and number.",
                _ => "A FEATURE line needs name, vendor, version, expiry and number.",
            };
        }

        if (!TryDate(expiry, out DateTimeOffset? expires))
        {
            return $"\"{PrintableText.EscapeStart(expiry)}\" is not an expiry date.";
        }

        bool isUncounted = string.Equals(count, Uncounted, StringComparison.OrdinalIgnoreCase);
        int quantity = 0;
        if (!isUncounted && !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out quantity))
        {
            return $"\"{PrintableText.EscapeStart(count)}\" is not a number of licenses.";
        }

        string key = TakeKey();
        words.TakeAttributes();
        isUncounted |= quantity == 0;
        line.Feature = name;
        line.Vendor = vendor;
        line.FromVersion = from;
        line.Version = version;
        line.Expires = expires;
        line.Quantity = isUncounted ? null : quantity;
        line.IsUncounted = isUncounted;
        line.Key = key;
        return Finish(ref line, out parsed);
    }

    // PACKAGE name vendor [version] COMPONENTS="..." [OPTIONS=SUITE] [key] [SIGN=..]
    public string? ParsePackage(ref LicenseLineFields line, out FlexLmLicenseLine? parsed)
    {
        parsed = null;
        if (!words.TryField(out string name) || !words.TryField(out string vendor))
        {
            return "A PACKAGE line needs name and vendor.";
        }

        string version = string.Empty;
        string key = string.Empty;
        while (words.Next())
        {
            if (words.Value is null && version.Length == 0 && !words.HasAttributes && !LicenseWord.IsKey(words.Name))
            {
                version = words.Name;
                continue;
            }

            if (words.Value is null && key.Length == 0 && LicenseWord.IsKey(words.Name))
            {
                key = words.Name;
            }

            words.AddAttribute();
        }

        line.Feature = name;
        line.Vendor = vendor;
        line.Version = version;
        line.Key = key;
        return Finish(ref line, out parsed) is { } fault
            ? fault
            : parsed!.Attributes["COMPONENTS"] is null ? "A PACKAGE line needs COMPONENTS=." : null;
    }

    private string? Finish(ref LicenseLineFields line, out FlexLmLicenseLine? parsed)
    {
        parsed = null;
        FlexLmKeywordCollection all = words.ToCollection();
        if (!TryDateAttribute(all, "ISSUED", out DateTimeOffset? issued) || !TryDateAttribute(all, "START", out DateTimeOffset? starts))
        {
            return "ISSUED= or START= is not a date.";
        }

        line.Attributes = all;
        line.HostId = all["HOSTID"] ?? string.Empty;
        line.Signature = LicenseSignature.Normalize(all["SIGN"] ?? (line.Key is { Length: > 0 } key ? key : all["SIGN2"] ?? string.Empty));
        line.Issued = issued;
        line.Starts = starts;
        parsed = line.ToLine();
        return null;
    }

    private bool TryDateAttribute(FlexLmKeywordCollection all, string name, out DateTimeOffset? date)
    {
        date = null;
        return all[name] is not { Length: > 0 } text || TryDate(text, out date);
    }

    private bool TryDate(string text, out DateTimeOffset? date)
    {
        if (dates.TryGetValue(text, out date))
        {
            return true;
        }

        if (!LicenseDate.TryParse(text, out date))
        {
            return false;
        }

        if (dates.Count < MaxKnownDates)
        {
            dates[text] = date;
        }

        return true;
    }

    // The word right after the number is the license key, unless it is an attribute.
    private string TakeKey()
    {
        if (!words.Next())
        {
            return string.Empty;
        }

        words.AddAttribute();
        return words.Value is null && LicenseWord.IsKey(words.Name) ? words.Name : string.Empty;
    }
}
