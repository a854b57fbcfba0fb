using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.FlexLm.Samples;

namespace PSLabNet.Benchmarks.Text;

/// <summary>Reading files of samples, compared with reading only their lines, and with only their bytes.</summary>
[MemoryDiagnoser]
[Throughput(Bytes / 1e6, "MB/s")]
public class SampleFileBenchmarks : IDisposable
{
    private const int Bytes = 8_000_000;

    private readonly string path = Path.Combine(Path.GetTempPath(), "pslabnet-samples-" + Guid.NewGuid().ToString("N") + ".csv");

    /// <summary>Writes the file.</summary>
    public SampleFileBenchmarks() => File.WriteAllBytes(path, Rows(Bytes));

    /// <summary>Samples of 300 features every ten minutes, with a header.</summary>
    internal static byte[] Rows(int bytes)
    {
        var random = new Random(1);
        var text = new StringBuilder("Time,Server,Vendor,Feature,Version,Issued,InUse,Reserved,Queued\r\n");
        for (int row = 0; text.Length < bytes; row++)
        {
            DateTime time = new DateTime(2026, 1, 1).AddMinutes(row / 300 * 10);
            text.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd'T'HH:mm:ss}+00:00,27000@lic1.lab.example,vend,feature_{row % 300},2026.11,{row % 300 * 2},{random.Next(row % 300 + 1)},0,\r\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, text.ToString().LastIndexOf('\n', bytes - 1) + 1));
    }

    /// <summary>Removes the file.</summary>
    public void Dispose()
    {
        File.Delete(path);
        GC.SuppressFinalize(this);
    }

    /// <summary>The cost of any reader.</summary>
    [Benchmark(Description = "File.ReadAllBytes")]
    public int ReadAllBytes() => File.ReadAllBytes(path).Length;

    /// <summary>The cost of any reader of lines.</summary>
    [Benchmark(Baseline = true, Description = "lines alone")]
    public int Lines()
    {
        using var reader = new StreamReader(path);
        int count = 0;
        while (reader.ReadLine() is not null)
        {
            count++;
        }

        return count;
    }

    /// <summary>Every row is a sample.</summary>
    [Benchmark(Description = "samples")]
    [Goal(100)]
    public int Samples()
    {
        using FileStream stream = File.OpenRead(path);
        return FlexLmSampleFile.Read(stream, "benchmark", _ => { }).Count();
    }
}
