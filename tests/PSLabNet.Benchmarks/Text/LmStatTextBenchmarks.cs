using System.IO;
using System.Linq;
using BenchmarkDotNet.Attributes;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.FlexLm.LmStat;

namespace PSLabNet.Benchmarks.Text;

/// <summary>Reading output of lmstat, compared with reading only its lines.</summary>
[MemoryDiagnoser]
[Throughput(Bytes / 1e6, "MB/s")]
public class LmStatTextBenchmarks
{
    private const int Bytes = 8_000_000;

    private readonly byte[] text = SampleText.LmStat(Bytes);

    /// <summary>The cost of any reader of lines.</summary>
    [Benchmark(Baseline = true, Description = "lines alone")]
    public int Lines()
    {
        using var reader = new StreamReader(new MemoryStream(text));
        int count = 0;
        while (reader.ReadLine() is not null)
        {
            count++;
        }

        return count;
    }

    /// <summary>From a file.</summary>
    [Benchmark(Description = "lmstat, from a file")]
    [Goal(50)]
    public int Snapshot() => FlexLmStatReader.Read(new MemoryStream(text)).Sum(snapshot => snapshot.Features.Count);

    /// <summary>From the pipeline, a string for each line.</summary>
    [Benchmark(Description = "lmstat, a string for each line")]
    [Goal(50)]
    public int SnapshotByLines()
    {
        using var lines = new StreamReader(new MemoryStream(text));
        var reader = new FlexLmStatReader();
        while (lines.ReadLine() is { } line)
        {
            reader.Add(line);
        }

        return reader.Complete()!.Features.Count;
    }
}
