using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;

namespace PSLabNet.Benchmarks.FlexLm;

/// <summary>Reading a license file from its bytes, compared with reading only its lines.</summary>
[MemoryDiagnoser]
[Throughput(Length / 1e6, "MB/s")]
public class LicenseFileBenchmarks
{
    private const int Length = 8_000_000;

    private readonly byte[] text = Encoding.ASCII.GetBytes(SampleLicenseText.OfLength(Length), 0, Length);
    private readonly byte[] copy = new byte[Length];

    [Benchmark(Baseline = true, Description = "lines alone")]
    public int LinesAlone()
    {
        using var reader = new StreamReader(new MemoryStream(text));
        int count = 0;
        while (reader.ReadLine() is not null)
        {
            count++;
        }

        return count;
    }

    [Benchmark(Description = "memcpy")]
    public void Copy() => Buffer.BlockCopy(text, 0, copy, 0, Length);

    /// <summary>Each line is read and discarded.</summary>
    [Benchmark(Description = "license lines, one by one")]
    [Goal(100)]
    public int LicenseLines()
    {
        using var reader = new StreamReader(new MemoryStream(text));
        return FlexLmLicenseFile.Read(reader, "benchmark", _ => { }).Count();
    }

    /// <summary>All lines are kept, as in a variable: most of the time is spent by the garbage collector, which moves what is kept.</summary>
    [Benchmark(Description = "license lines, all kept")]
    public List<FlexLmLicenseLine> LicenseLinesKept()
    {
        using var reader = new StreamReader(new MemoryStream(text));
        return [.. FlexLmLicenseFile.Read(reader, "benchmark", _ => { })];
    }
}
