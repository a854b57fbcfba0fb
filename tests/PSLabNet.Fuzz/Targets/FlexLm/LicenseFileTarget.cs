using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;
using PSLabNet.Simulation.FlexLm;
using PSLabNet.Text;

namespace PSLabNet.Fuzz.Targets.FlexLm;

/// <summary>License files, and the pools that their lines form. Nothing is thrown, and no line counts twice.</summary>
internal sealed class LicenseFileTarget : FuzzTarget
{
    private readonly TextMutator mutator = new(Tokens.License);

    public override string Name => "license-file";

    public override int Share => 100;

    public override long AllocationConstant => 64 * 1024;

    public override long AllocationPerByte => 600;

    public override int LongestSeed => 2048;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. Texts().Select(Encoding.UTF8.GetBytes)];

    public override byte[] Mutate(FuzzRandom random, SeedPool pool) => mutator.Mutate(random, pool);

    public override void Run(byte[] input, Outcome outcome)
    {
        var faults = new List<FlexLmLicenseFault>();
        IReadOnlyList<FlexLmLicenseLine> lines = Read(input, faults);
        int last = 0;
        foreach (FlexLmLicenseLine line in lines)
        {
            FuzzViolation.Demand(line.LineNumber > last, "lines are out of order");
            last = line.LineNumber;
            Printable.Check(line);
            FuzzViolation.Demand(line.Quantity is null or > 0, "a quantity is not positive");
            FuzzViolation.Demand(line.Port is null or (> 0 and <= ushort.MaxValue), "a port is none");
            outcome.Add((int)line.Kind);
            outcome.AddSizes(line.Attributes);
            outcome.AddFlag(line.Expires is null);
        }

        foreach (FlexLmLicenseFault fault in faults)
        {
            Printable.Check(fault.Message, "FlexLmLicenseFault.Message");
            FuzzViolation.Demand(fault.LineNumber > 0, "a fault has no line");
            outcome.AddShape(fault.Message);
        }

        FuzzViolation.Demand(lines.Count + faults.Count <= input.AsLines(), "more lines come out than went in");
        outcome.IsValid = lines.Count > 0 && faults.Count == 0;
        CheckPools(lines, outcome);
    }

    // Usually from a string; sometimes through the encoding of a file.
    private static IReadOnlyList<FlexLmLicenseLine> Read(byte[] input, List<FlexLmLicenseFault> faults)
    {
        if (input.Length % 16 != 0)
        {
            return FlexLmLicenseFile.Parse(LooseText.Decode(input), "fuzz", faults.Add);
        }

        const int SmallBuffer = 128;
        using var reader = new StreamReader(new MemoryStream(input), Utf8OrLatin1.Encoding, detectEncodingFromByteOrderMarks: true, SmallBuffer);
        return [.. FlexLmLicenseFile.Read(reader, "fuzz", faults.Add)];
    }

    private static void CheckPools(IReadOnlyList<FlexLmLicenseLine> lines, Outcome outcome)
    {
        int pools = 0;
        foreach (LicensePool pool in LicensePools.Of([.. lines]))
        {
            pools++;
            Printable.Check(pool.Name, "LicensePool.Name");
        }

        FuzzViolation.Demand(pools <= lines.Sum(line => 1 + line.Attributes.Sum(attribute => attribute.Value.Length)), "more pools than lines and components");
        outcome.AddSize(pools);
    }

    private static IEnumerable<string> Texts()
    {
        yield return SampleLicense.Write(new FlexLmSimulatorOptions { FeatureCount = 3 });
        yield return """
            # comment
            SERVER lic1.lab.example 0123456789AB 27000
            SERVER lic2 ANY 27000 PRIMARY_IS_MASTER HEARTBEAT_INTERVAL=20
            USE_SERVER
            VENDOR MLM /opt/mlm port=4000 OPTIONS="/opt/mlm options.opt"
            DAEMON old /opt/old
            INCREMENT MATLAB MLM 52 31-dec-2030 10 0123456789ABCDEF0123 \
            	VENDOR_STRING="vi=30:at=200" HOSTID=0123456789AB ISSUED=1-jan-2024 \
            	START=1-jan-2024 SIGN="0AB1 22CC 33DD"
            """;
        yield return "FEATURE Optics v 1.0 permanent uncounted HOSTID=ID=\"a b\" SIGN=44444444\nUPGRADE Optics v 1.0 2.0 1-jan-0 2 ABCDEF0123456789\n";
        yield return "PACKAGE suite v 1.0 COMPONENTS=\"a:1.0 b:2.0:3 c\" OPTIONS=SUITE SIGN=ABCD\nINCREMENT suite v 1.0 permanent 5 SUPERSEDE=\"a b\" ISSUED=1-feb-2024 SIGN=AA\nINCREMENT a v 1.0 permanent 3 DUP_GROUP=UHD SIGN=BB\n";
        yield return "INCREMENT f v 1.0 29-feb-2024 1 SIGN=A\r\nINCREMENT f v 2.0 29-feb-2024 2 SIGN=B SUPERSEDE\r\nINCREMENT g v 1 1-jan-99 1 NOTICE=\"Müller \\\r\n GmbH\" SIGN=C\r\n";
        yield return "\ufeffSERVER this_host ANY\nVENDOR v\nINCREMENT \"odd name\" v 1.0 permanent 1 SN={1 2} SIGN=D\n";
    }
}
