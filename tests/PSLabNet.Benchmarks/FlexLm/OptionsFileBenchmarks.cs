using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.OptionsFiles;

namespace PSLabNet.Benchmarks.FlexLm;

/// <summary>Reading and checking an options file with many groups, compared with reading only its lines.</summary>
[MemoryDiagnoser]
[Throughput(Length / 1e6, "MB/s")]
public class OptionsFileBenchmarks
{
    private const int Length = 1_000_000;

    private readonly string text = Text();
    private readonly IReadOnlyList<FlexLmOption> options;

    public OptionsFileBenchmarks() => options = Options();

    [Benchmark(Baseline = true, Description = "lines alone")]
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

    [Benchmark(Description = "options")]
    public IReadOnlyList<FlexLmOption> Options()
    {
        using var reader = new StringReader(text);
        return [.. FlexLmOptionsFile.Read(reader, "benchmark", _ => { })];
    }

    /// <summary>All rules, over options that were read before.</summary>
    [Benchmark(Description = "rules")]
    public int Rules() => FlexLmOptionsFile.Check(options).Count;

    private static string Text()
    {
        var text = new StringBuilder();
        for (int number = 0; text.Length < Length; number++)
        {
            text.Append("GROUP group").Append(number).AppendJoin(' ', Enumerable.Range(0, 20).Select(user => $" user{(number + user) % 500}")).Append('\n')
                .Append("RESERVE 2 feature").Append(number % 100).Append(" GROUP group").Append(number).Append('\n')
                .Append("EXCLUDE feature").Append(number % 100).Append(" USER user").Append(number % 500).Append('\n')
                .Append("MAX 5 feature").Append(number % 100).Append(" USER user").Append(number % 500).Append('\n');
        }

        return text.ToString(0, text.ToString().LastIndexOf('\n', Length - 1) + 1);
    }
}
