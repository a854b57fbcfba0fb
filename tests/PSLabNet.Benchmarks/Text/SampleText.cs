using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace PSLabNet.Benchmarks.Text;

/// <summary>Texts of a large site: thousands of users, hundreds of features.</summary>
internal static class SampleText
{
    private const string Head = """
            lmutil - Copyright (c) 1989-2024 Flexera. All Rights Reserved.
            Flexible License Manager status on Mon 2/10/2025 11:26

            License server status: 27000@lic1
                License file(s) on lic1: /lic/a.lic:

            lic1: license server UP (MASTER) v11.19.6

            Vendor daemon status (on lic1):

               vend: UP v11.19.6

            Feature usage info:


            """;

    public static byte[] LmStat(int bytes)
    {
        var random = new Random(1);
        var text = new StringBuilder(Head);
        for (int feature = 0; text.Length < bytes; feature++)
        {
            AppendFeature(text, random, feature, 40);
        }

        return Cut(text, bytes);
    }

    /// <summary>A report of a number of features, each with the same number of users.</summary>
    public static string Features(int features, int users)
    {
        var random = new Random(1);
        var text = new StringBuilder(Head);
        for (int feature = 0; feature < features; feature++)
        {
            AppendFeature(text, random, feature, users);
        }

        return text.ToString();
    }

    /// <summary>A report of one feature. Only the other lines distinguish its users' names from their hosts.</summary>
    public static string NamesWithBlanks(int users)
    {
        var text = new StringBuilder(Head);
        AppendHead(text, 0, users);
        for (int user = 0; user < users; user++)
        {
            string name = user % 2 == 0 ? $"user{user}" : $"some user{user}";
            text.Append(CultureInfo.InvariantCulture, $"    {name} host{user / 2} a display (v50) (lic1/27000 {user}), start Mon 2/10 8:00\n");
        }

        return text.ToString();
    }

    /// <summary>A report of a number of vendor daemons, on a host whose name has eight characters for each of them.</summary>
    public static string Daemons(int daemons)
    {
        var text = new StringBuilder(Head).Append("Vendor daemon status (on ").Append('h', daemons * 8).Append("):\n");
        for (int daemon = 0; daemon < daemons; daemon++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    daemon{daemon}: UP v11.19.6\n");
        }

        return text.ToString();
    }

    /// <summary>A debug log with about this number of lines.</summary>
    public static byte[] LogLines(int lines) => Log(lines * 64);

    public static byte[] Log(int bytes)
    {
        var random = new Random(1);
        var text = new StringBuilder(" 8:00:00 (lmgrd) TIMESTAMP 1/6/2025\n");
        var held = new List<string>();
        for (int line = 0; text.Length < bytes; line++)
        {
            TimeSpan time = TimeSpan.FromSeconds((8 * 3600) + (line / 4));
            int who = random.Next(5000);
            string user = string.Create(CultureInfo.InvariantCulture, $"\"feature_{random.Next(300)}\" user{who}@host{who}.lab.example  ");
            int kind = random.Next(10);
            string end;
            if (kind == 0)
            {
                end = $"DENIED: {user}(Licensed number of users already reached. (-4,342))";
            }
            else if (held.Count > 2000)
            {
                int index = random.Next(held.Count);
                end = "IN: " + held[index];
                held[index] = held[^1];
                held.RemoveAt(held.Count - 1);
            }
            else
            {
                held.Add(kind == 1 ? user + "(3 licenses) " : user);
                end = "OUT: " + held[^1];
            }

            text.Append(CultureInfo.InvariantCulture, $"{time.Hours,2}:{time.Minutes:00}:{time.Seconds:00} (vend) {end}\n");
        }

        return Cut(text, bytes);
    }

    private static void AppendHead(StringBuilder text, int feature, int users)
    {
        text.Append(CultureInfo.InvariantCulture, $"Users of feature_{feature}:  (Total of {users + 500} licenses issued;  Total of {users} licenses in use)\n\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"feature_{feature}\" v52, vendor: vend, expiry: 30-dec-2025\n  vendor_string: vi=0:at=200:ae=1:lu=300:lo=GC:\n  floating license\n\n");
    }

    private static void AppendFeature(StringBuilder text, Random random, int feature, int users)
    {
        AppendHead(text, feature, users);
        for (int user = 0; user < users; user++)
        {
            int who = random.Next(5000);
            text.Append(CultureInfo.InvariantCulture, $"    user{who} host{who}.lab.example /dev/pts/{random.Next(9)} (v50) (lic1/27000 {random.Next(99999)}), start Mon 2/{1 + random.Next(10)} {random.Next(24)}:{random.Next(60):00}, PID: {random.Next(99999)}\n");
        }

        text.Append('\n');
    }

    private static byte[] Cut(StringBuilder text, int bytes) => Encoding.ASCII.GetBytes(text.ToString(0, bytes));
}
