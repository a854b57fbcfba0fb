using System.Globalization;
using System.Text;

namespace PSLabNet.Simulation.FlexLm;

/// <summary>Makes the text of a license file from counts.</summary>
internal static class SampleLicense
{
    private const string Version = "1.0";
    private const int FillerLength = 70_000;

    /// <summary>Writes the file. Every feature name begins with its vendor.</summary>
    public static string Write(FlexLmSimulatorOptions options)
    {
        var text = new StringBuilder();
        for (int node = 0; node < options.NodeCount; node++)
        {
            // Each node of a triad has the same file, with all three.
            text.Append("SERVER ").Append(options.NodeCount == 1 ? "this_host" : options.AddressOf(node).ToString()).Append(" ANY\n");
        }

        foreach (string vendor in options.Vendors)
        {
            text.Append("VENDOR ").Append(vendor).Append('\n');
        }

        foreach (string vendor in options.Vendors)
        {
            for (int feature = 1; feature <= options.FeatureCount; feature++)
            {
                string name = string.Format(CultureInfo.InvariantCulture, "{0}_feature{1:000}", vendor, feature);
                text.AppendFormat(
                    CultureInfo.InvariantCulture,
                    "INCREMENT {0} {1} {2} permanent {3} SIGN={4}\n",
                    name,
                    vendor,
                    Version,
                    options.Issued,
                    Signature(name));
            }
        }

        return text.ToString();
    }

    /// <summary>Adds comments before the lines, so the text is longer than a frame can be.</summary>
    public static string MakeLong(string text)
    {
        var filler = new StringBuilder(FillerLength + text.Length);
        while (filler.Length < FillerLength)
        {
            filler.Append("# This comment makes the license file longer than a frame can be.\n");
        }

        return filler.Append(text).ToString();
    }

    // Twenty hex digits that look like a signature but are not one.
    private static string Signature(string name)
    {
        const uint Prime = 16777619;
        uint hash = 2166136261;
        var digits = new StringBuilder();
        for (int round = 0; round < 3; round++)
        {
            foreach (char c in name)
            {
                hash = unchecked((hash ^ c) * Prime);
            }

            digits.Append(hash.ToString("X8", CultureInfo.InvariantCulture));
        }

        return digits.ToString(0, 20);
    }
}
