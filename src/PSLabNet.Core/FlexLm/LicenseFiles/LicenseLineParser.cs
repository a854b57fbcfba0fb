using System;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>Makes a license line of a logical line of text.</summary>
internal sealed class LicenseLineParser
{
    private readonly string source;
    private readonly LineWords words = new();
    private readonly FeatureLineParser features;

    public LicenseLineParser(string source)
    {
        this.source = source;
        features = new FeatureLineParser(words);
    }

    /// <summary>Parses one logical line.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public string? TryParse(string text, int lineNumber, out FlexLmLicenseLine? line)
    {
        line = null;
        words.Start(LicenseWord.Printable(text));
        if (!words.Next())
        {
            return "The line is empty.";
        }

        if (!LicenseKeywords.TryParse(words.Name, out FlexLmLineKind kind))
        {
            return $"\"{PrintableText.EscapeStart(words.Name)}\" is not a keyword of a license file.";
        }

        var fields = new LicenseLineFields { Kind = kind, LineNumber = lineNumber, Source = source };
        switch (kind)
        {
            case FlexLmLineKind.Server:
                return ParseServer(ref fields, out line);
            case FlexLmLineKind.Vendor:
                return ParseVendor(ref fields, out line);
            case FlexLmLineKind.UseServer:
                words.TakeAttributes();
                fields.Attributes = words.ToCollection();
                line = fields.ToLine();
                return null;
            case FlexLmLineKind.Package:
                return features.ParsePackage(ref fields, out line);
            default:
                return features.ParseFeature(ref fields, out line);
        }
    }

    // SERVER host hostid [port] [PRIMARY_IS_MASTER] [HEARTBEAT_INTERVAL=n]
    private string? ParseServer(ref LicenseLineFields line, out FlexLmLicenseLine? parsed)
    {
        parsed = null;
        if (!words.Next())
        {
            return "A SERVER line needs a host.";
        }

        string host = words.Word;
        string hostId = words.Next() ? words.Word : string.Empty;
        int? port = null;
        while (words.Next())
        {
            if (port is null && words.Value is null && LicenseWord.IsDigits(words.Name))
            {
                if (!LicenseWord.TryPort(words.Name, out port))
                {
                    return $"{PrintableText.EscapeStart(words.Name)} is not a TCP port.";
                }
            }
            else
            {
                words.AddAttribute();
            }
        }

        line.Feature = host;
        line.HostId = hostId;
        line.Port = port;
        line.Attributes = words.ToCollection();
        parsed = line.ToLine();
        return null;
    }

    // VENDOR name [path] [[OPTIONS=]path] [[PORT=]n]
    private string? ParseVendor(ref LicenseLineFields line, out FlexLmLicenseLine? parsed)
    {
        parsed = null;
        if (!words.Next())
        {
            return "A VENDOR line needs a name.";
        }

        string vendor = words.Word;
        string path = string.Empty;
        int? port = null;
        while (words.Next())
        {
            bool isPort = string.Equals(words.Name, "PORT", StringComparison.OrdinalIgnoreCase) && words.Value is not null;
            if (isPort || (words.Value is null && LicenseWord.IsDigits(words.Name)))
            {
                if (!LicenseWord.TryPort(words.Value ?? words.Name, out port))
                {
                    return $"{PrintableText.EscapeStart(words.Word)} is not a TCP port.";
                }

                words.AddAttribute();
            }
            else if (words.Value is null && path.Length == 0 && !words.HasAttributes)
            {
                path = words.Name;
            }
            else
            {
                words.AddAttribute();
            }
        }

        line.Vendor = vendor;
        line.Path = path;
        line.Port = port;
        line.Attributes = words.ToCollection();
        parsed = line.ToLine();
        return null;
    }
}
