using System.IO;
using System.Linq;
using BenchmarkDotNet.Attributes;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Logs;

namespace PSLabNet.Benchmarks.Text;

/// <summary>Reading debug logs, compared with reading only their lines.</summary>
[MemoryDiagnoser]
[Throughput(Bytes / 1e6, "MB/s")]
public class LogTextBenchmarks
{
    private const int Bytes = 8_000_000;

    private readonly byte[] text = SampleText.Log(Bytes);

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

    /// <summary>Every line is an event.</summary>
    [Benchmark(Description = "log, every line an event")]
    public int Events() => FlexLmLogReader.Read(new MemoryStream(text)).Count();

    /// <summary>Denials only.</summary>
    [Benchmark(Description = "log, denials only")]
    public int Denials() => FlexLmLogReader.Read(new MemoryStream(text), new FlexLmLogOptions { Kinds = [FlexLmLogKind.Denied] }).Count();

    /// <summary>Sessions.</summary>
    [Benchmark(Description = "log, sessions")]
    public int Sessions() => FlexLmLogSessionTracker.Track(
        FlexLmLogReader.Read(new MemoryStream(text), new FlexLmLogOptions { Kinds = [.. FlexLmLogSessionTracker.Kinds] })).Count();
}
