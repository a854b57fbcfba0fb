using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Query.Status;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Features;

/// <summary>
/// Makes a feature of made-up answers, once in a process and beside its first query. .NET compiles a method when it runs for
/// the first time. So the code that reads answers is compiled while the query waits for its server, and not after that.
/// </summary>
internal static class FeatureRehearsal
{
    private const string Name = "rehearsal";
    private const string Signature = "0000 1111 2222 3333";
    private const string License = $"SERVER host ANY 27000\nVENDOR vendor\nUSE_SERVER\nINCREMENT {Name} vendor 1.0 1-jan-2030 2 HOSTID=ANY ISSUED=1-jan-2020 SIGN=\"{Signature}\"\n";

    private static readonly Lazy<Task> Once = new(() => Task.Run(Run));

    /// <summary>Begins, if nothing has begun it yet. Returns at once.</summary>
    public static void Begin() => _ = Once.Value;

    /// <summary>Reads the answers.</summary>
    /// <returns>The feature.</returns>
    internal static FlexLmFeature Run()
    {
        byte[] text = Utf8OrLatin1.Encode(License);
        string license = TextReply.Decode(Received(TextReply.Encode(0, text, (uint)text.Length))).Text;
        LicenseSet set = LicenseSetsReply.Decode(Received(LicenseSetsReply.Encode(0, [new LicenseSet(Name, Name, license)])))[0];
        using var reader = new StringReader(set.LicenseText);
        LimitedLines lines = LimitedLines.Read(reader, Name, _ => { }, CountBudget.Unlimited, CancellationToken.None);
        FlexLmLicenseLine[] features = [.. lines.Lines.Where(line => line.Feature == Name)];
        LicensePool pool = LicensePools.Find(features, CountBudget.Unlimited, CancellationToken.None).All[0];

        var status = new PendingStatus(Name, Signature, pool.Quantity);
        status.Request.Encode(0);
        status.Answer(StatusReply.Decode(Received(new StatusReply(1, 2, 1).Encode(0))));
        status.Add(UsageReply.Decode(Received(new UsageReply(UsageKind.Checkout, "user", "host", "display", "1.0") { Since = 1 }.Encode(0))));
        FlexLmPool known = new PoolUsage(pool, status, null, Name, pool.Lines[0].Vendor, DateTimeOffset.Now).ToPool();
        return FeatureBuilder.Build(Name, [known], [], Name, pool.Lines[0].Vendor, DateTimeOffset.Now);
    }

    private static FlexLmFrame Received(byte[] bytes) => FlexLmFrame.Decode(bytes);
}
