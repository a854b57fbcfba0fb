using System.Collections.Generic;
using System.Globalization;
using PSLabNet.FlexLm;
using PSLabNet.Fuzz.Engine;

namespace PSLabNet.Fuzz.Checks;

/// <summary>
/// Checks that text from outside contains no character that acts on a terminal or page instead of being shown. The list of
/// characters is independent of the program's own list, so an error in that list is not repeated here.
/// </summary>
internal static class Printable
{
    public static void Check(string? text, string what)
    {
        if (text is null)
        {
            throw new FuzzViolation($"null: {what}", $"{what} is null.");
        }

        int bad = FirstBad(text);
        if (bad >= 0)
        {
            throw new FuzzViolation(
                $"not printable: {what}",
                string.Format(CultureInfo.InvariantCulture, "{0} holds U+{1:X4} at {2} of {3}.", what, (int)text[bad], bad, text.Length));
        }
    }

    /// <summary>Position of the first forbidden character; -1 if there is none.</summary>
    public static int FirstBad(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            if (c is >= ' ' and < '\u007f')
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                int value = char.ConvertToUtf32(c, text[at + 1]);
                if (value is >= 0xE0000 and <= 0xE007F or >= 0x1BCA0 and <= 0x1BCA3 or >= 0x1D173 and <= 0x1D17A or 0x110BD or 0x110CD)
                {
                    return at;
                }

                at++;
            }
            else if (c is < ' ' or (>= '\u007f' and <= '\u009f') or '\u00ad' or (>= '\u0600' and <= '\u0605') or '\u061c' or '\u06dd' or '\u070f' or '\u180e'
                or (>= '\u200b' and <= '\u200f') or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u2064') or (>= '\u2066' and <= '\u206f')
                or (>= '\ud800' and <= '\udfff') or '\ufeff' or (>= '\ufff9' and <= '\ufffb'))
            {
                return at;
            }
        }

        return -1;
    }

    public static void Check(IEnumerable<string> texts, string what)
    {
        foreach (string text in texts)
        {
            Check(text, what);
        }
    }

    public static void Check(FlexLmError? error)
    {
        if (error is not null)
        {
            Check(error.Message, "FlexLmError.Message");
            Check(error.Name, "FlexLmError.Name");
            Check(error.Action, "FlexLmError.Action");
        }
    }

    public static void Check(FlexLmLicenseLine line)
    {
        Check(line.Feature, "FlexLmLicenseLine.Feature");
        Check(line.Vendor, "FlexLmLicenseLine.Vendor");
        Check(line.Version, "FlexLmLicenseLine.Version");
        Check(line.FromVersion, "FlexLmLicenseLine.FromVersion");
        Check(line.HostId, "FlexLmLicenseLine.HostId");
        Check(line.Path, "FlexLmLicenseLine.Path");
        Check(line.Signature, "FlexLmLicenseLine.Signature");
        Check(line.Key, "FlexLmLicenseLine.Key");
        foreach (FlexLmKeyword keyword in line.Attributes)
        {
            Check(keyword.Name, "FlexLmKeyword.Name");
            Check(keyword.Value, "FlexLmKeyword.Value");
        }
    }

    public static void Check(FlexLmServerStatus server)
    {
        Check(server.HostName, "FlexLmServerStatus.HostName");
        Check(server.Version, "FlexLmServerStatus.Version");
        Check(server.Daemon, "FlexLmServerStatus.Daemon");
        Check(server.Server, "FlexLmServerStatus.Server");
        Check(server.LicenseFile, "FlexLmServerStatus.LicenseFile");
        Check(server.Warnings, "FlexLmServerStatus.Warnings");
        Check(server.Error);
        foreach (FlexLmVendorStatus vendor in server.Vendors)
        {
            Check(vendor.Name, "FlexLmVendorStatus.Name");
            Check(vendor.HostName, "FlexLmVendorStatus.HostName");
            Check(vendor.Version, "FlexLmVendorStatus.Version");
            Check(vendor.Error);
        }

        foreach (FlexLmServerStatus node in server.Nodes)
        {
            Check(node);
        }
    }

    public static void Check(FlexLmFeature feature)
    {
        Check(feature.Name, "FlexLmFeature.Name");
        Check(feature.Vendor, "FlexLmFeature.Vendor");
        Check(feature.Version, "FlexLmFeature.Version");
        Check(feature.Warnings, "FlexLmFeature.Warnings");
        Check(feature.Error);
        CheckAll(feature.Checkouts);
        CheckAll(feature.Reservations);
        foreach (FlexLmPool pool in feature.Pools)
        {
            Check(pool.Name, "FlexLmPool.Name");
            Check(pool.Version, "FlexLmPool.Version");
            Check(pool.HostId, "FlexLmPool.HostId");
            Check(pool.Error);
            CheckAll(pool.Checkouts);
            CheckAll(pool.Reservations);
            foreach (FlexLmLicenseLine line in pool.Lines)
            {
                Check(line);
            }
        }
    }

    public static void Check(FlexLmLogEvent item)
    {
        Check(item.Daemon, "FlexLmLogEvent.Daemon");
        Check(item.Feature, "FlexLmLogEvent.Feature");
        Check(item.User, "FlexLmLogEvent.User");
        Check(item.HostName, "FlexLmLogEvent.HostName");
        Check(item.Project, "FlexLmLogEvent.Project");
        Check(item.Reason, "FlexLmLogEvent.Reason");
        Check(item.Target, "FlexLmLogEvent.Target");
        Check(item.Text, "FlexLmLogEvent.Text");
    }

    private static void CheckAll(IReadOnlyList<FlexLmCheckout> checkouts)
    {
        foreach (FlexLmCheckout checkout in checkouts)
        {
            Check(checkout.User, "FlexLmCheckout.User");
            Check(checkout.HostName, "FlexLmCheckout.HostName");
            Check(checkout.Display, "FlexLmCheckout.Display");
            Check(checkout.Version, "FlexLmCheckout.Version");
            Check(checkout.Handle, "FlexLmCheckout.Handle");
            Check(checkout.ReservedFor, "FlexLmCheckout.ReservedFor");
            Check(checkout.Feature, "FlexLmCheckout.Feature");
            Check(checkout.Vendor, "FlexLmCheckout.Vendor");
        }
    }
}
