using BenchmarkDotNet.Attributes;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Benchmarks.FlexLm;

/// <summary>The hot path of a query: usage frames, one for each checkout.</summary>
[MemoryDiagnoser]
public class FlexLmWireBenchmarks
{
    private readonly UsageReply usage = new(UsageKind.Checkout, "alice", "ws1.example.org", "/dev/pts/1", "52") { Since = 1700000000, Number = 401 };
    private byte[] bytes = [];

    [GlobalSetup]
    public void Setup() => bytes = usage.Encode(1700000000);

    [Benchmark]
    public byte[] EncodeUsage() => usage.Encode(1700000000);

    [Benchmark]
    public string DecodeUsage() => UsageReply.Decode(FlexLmMessage.Decode(bytes).Frame!).User;
}
