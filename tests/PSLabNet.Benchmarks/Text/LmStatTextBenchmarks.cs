using System.IO;
using System.Linq;
using BenchmarkDotNet.Attributes;
using PSLabNet.FlexLm;

namespace PSLabNet.Benchmarks.Text;

/// <summary>Output of lmstat, beside reading its lines alone.</summary>
[MemoryDiagnoser]
[Throughput(Bytes)]
public class LmStatTextBenchmarks
{
    private const int Bytes = 16_000_000;

    private readonly byte[] text = SampleText.LmStat(Bytes);

    /// <summary>What any reader of lines costs.</summary>
    [Benchmark(Baseline = true)]
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
    [Benchmark]
    public int Snapshot() => FlexLmStatReader.Read(new MemoryStream(text)).Sum(snapshot => snapshot.Features.Count);

    /// <summary>From the pipeline, a string for each line.</summary>
    [Benchmark]
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
