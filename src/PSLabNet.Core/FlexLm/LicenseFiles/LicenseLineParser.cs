using System;
using System.Collections.Generic;
using System.Globalization;
using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>Makes a license line of a logical line of text.</summary>
internal sealed class LicenseLineParser
{
    private const string Uncounted = "uncounted";

    private readonly string source;
    private readonly LineTokenizer tokens = new();
    private readonly List<FlexLmKeyword> attributes = [];

    // Few dates stand in many lines, and a date in local time is dear to make.
    private const int MaxKnownDates = 4096;
    private readonly Dictionary<string, DateTimeOffset?> dates = new(StringComparer.Ordinal);

    public LicenseLineParser(string source) => this.source = source;

    /// <summary>Parses one logical line.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public string? TryParse(string text, int lineNumber, out FlexLmLicenseLine? line)
    {
        line = null;
        tokens.Start(LicenseWord.Printable(text));
        if (!tokens.Next())
        {
            return "The line is empty.";
        }

        if (!LicenseKeywords.TryParse(tokens.Name, out FlexLmLineKind kind))
        {
            return $"\"{PrintableText.EscapeStart(tokens.Name)}\" is no keyword of a license file.";
        }

        var fields = new LicenseLineFields { Kind = kind, LineNumber = lineNumber, Source = source };
        attributes.Clear();
        switch (kind)
        {
            case FlexLmLineKind.Server:
                return ParseServer(ref fields, out line);
            case FlexLmLineKind.Vendor:
                return ParseVendor(ref fields, out line);
            case FlexLmLineKind.UseServer:
                TakeAttributes();
                fields.Attributes = Attributes();
                line = fields.ToLine();
                return null;
            case FlexLmLineKind.Package:
                return ParsePackage(ref fields, out line);
            default:
                return ParseFeature(ref fields, out line);
        }
    }

    // SERVER host hostid [port] [PRIMARY_IS_MASTER] [HEARTBEAT_INTERVAL=n]
    private string? ParseServer(ref LicenseLineFields line, out FlexLmLicenseLine? parsed)
    {
        parsed = null;
        if (!tokens.Next())
        {
            return "A SERVER line needs a host.";
        }

        string host = tokens.Word;
        string hostId = tokens.Next() ? tokens.Word : string.Empty;
        int? port = null;
        while (tokens.Next())
        {
            if (port is null && tokens.Value is null && LicenseWord.IsDigits(tokens.Name))
            {
                if (!LicenseWord.TryPort(tokens.Name, out port))
                {
                    return $"{PrintableText.EscapeStart(tokens.Name)} is no TCP port.";
                }
            }
            else
            {
                AddAttribute();
            }
        }

        line.Feature = host;
        line.HostId = hostId;
        line.Port = port;
        line.Attributes = Attributes();
        parsed = line.ToLine();
        return null;
    }

    // VENDOR name [path] [[OPTIONS=]path] [[PORT=]n]
    private string? ParseVendor(ref LicenseLineFields line, out FlexLmLicenseLine? parsed)
    {
        parsed = null;
        if (!tokens.Next())
        {
            return "A VENDOR line needs a name.";
        }

        string vendor = tokens.Word;
        string path = string.Empty;
        int? port = null;
        while (tokens.Next())
        {
            bool isPort = string.Equals(tokens.Name, "PORT", StringComparison.OrdinalIgnoreCase) && tokens.Value is not null;
            if (isPort || (tokens.Value is null && LicenseWord.IsDigits(tokens.Name)))
            {
                if (!LicenseWord.TryPort(tokens.Value ?? tokens.Name, out port))
                {
                    return $"{PrintableText.EscapeStart(tokens.Word)} is no TCP port.";
                }

                AddAttribute();
            }
            else if (tokens.Value is null && path.Length == 0 && attributes.Count == 0)
            {
                path = tokens.Name;
            }
            else
            {
                AddAttribute();
            }
        }

        line.Vendor = vendor;
        line.Path = path;
        line.Port = port;
        line.Attributes = Attributes();
        parsed = line.ToLine();
        return null;
    }

    // FEATURE|INCREMENT|UPGRADE name vendor [fromversion] version expiry count [key] [attributes]
    private string? ParseFeature(ref LicenseLineFields line, out FlexLmLicenseLine? parsed)
    {
        parsed = null;
        string from = string.Empty;
        if (!TakeWord(out string name) || !TakeWord(out string vendor)
            || (line.Kind == FlexLmLineKind.Upgrade && !TakeWord(out from))
            || !TakeWord(out string version) || !TakeWord(out string expiry) || !TakeWord(out string count))
        {
            return $"A {line.Kind.ToString().ToUpperInvariant()} line needs name, vendor, version, expiry and number.";
        }

        if (!TryDate(expiry, out DateTimeOffset? expires))
        {
            return $"\"{PrintableText.EscapeStart(expiry)}\" is no expiry date.";
        }

        bool isUncounted = string.Equals(count, Uncounted, StringComparison.OrdinalIgnoreCase);
        int quantity = 0;
        if (!isUncounted && !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out quantity))
        {
            return $"\"{PrintableText.EscapeStart(count)}\" is no number of licenses.";
        }

        string key = TakeKey();
        TakeAttributes();
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
    private string? ParsePackage(ref LicenseLineFields line, out FlexLmLicenseLine? parsed)
    {
        parsed = null;
        if (!TakeWord(out string name) || !TakeWord(out string vendor))
        {
            return "A PACKAGE line needs name and vendor.";
        }

        string version = string.Empty;
        string key = string.Empty;
        while (tokens.Next())
        {
            if (tokens.Value is null && version.Length == 0 && attributes.Count == 0 && !LicenseWord.IsKey(tokens.Name))
            {
                version = tokens.Name;
                continue;
            }

            if (tokens.Value is null && key.Length == 0 && LicenseWord.IsKey(tokens.Name))
            {
                key = tokens.Name;
            }

            AddAttribute();
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
        FlexLmKeywordCollection all = Attributes();
        if (!TryDateAttribute(all, "ISSUED", out DateTimeOffset? issued) || !TryDateAttribute(all, "START", out DateTimeOffset? starts))
        {
            return "ISSUED= or START= is no date.";
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

    private bool TakeWord(out string word)
    {
        bool isThere = tokens.Next();
        word = isThere ? tokens.Word : string.Empty;
        return isThere;
    }

    // The word right after the number is the license key, where it is no attribute.
    private string TakeKey()
    {
        if (!tokens.Next())
        {
            return string.Empty;
        }

        AddAttribute();
        return tokens.Value is null && LicenseWord.IsKey(tokens.Name) ? tokens.Name : string.Empty;
    }

    private void TakeAttributes()
    {
        while (tokens.Next())
        {
            AddAttribute();
        }
    }

    private void AddAttribute() => attributes.Add(new FlexLmKeyword(tokens.Name, tokens.Value ?? string.Empty));

    private FlexLmKeywordCollection Attributes() => attributes.Count == 0 ? FlexLmKeywordCollection.Empty : new(attributes);
}
