using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using PSLabNet.FlexLm.Licensing;

namespace PSLabNet.Benchmarks.FlexLm;

/// <summary>Reading a license file of 10 MB, beside reading its lines alone. The goal is 100 MB/s.</summary>
[MemoryDiagnoser]
public class LicenseFileBenchmarks
{
    private const int Length = 10_000_000;
    private string text = string.Empty;

    [GlobalSetup]
    public void Setup()
    {
        var lines = new StringBuilder(Length);
        for (int number = 0; lines.Length < Length; number++)
        {
            lines.AppendFormat(
                CultureInfo.InvariantCulture,
                "INCREMENT feature_{0} MLM 52 30-dec-2030 {1} VENDOR_STRING=\"some vendor string\" HOSTID=ANY ISSUED=1-jan-2024 SN={0} SIGN=\"0123 4567 89AB CDEF 0123 4567 89AB CDEF\"\n",
                number,
                (number % 50) + 1);
        }

        text = lines.ToString();
    }

    [Benchmark(Baseline = true)]
    public int LinesAlone()
    {
        using var reader = new StringReader(text);
        int count = 0;
        while (reader.ReadLine() is not null)
        {
            count++;
        }

        return count;
    }

    [Benchmark]
    public int LicenseLines()
    {
        using var reader = new StringReader(text);
        return FlexLmLicenseFile.Read(reader, "benchmark", _ => { }).Count();
    }
}
