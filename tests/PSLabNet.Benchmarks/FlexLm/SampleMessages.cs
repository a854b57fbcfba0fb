using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Benchmarks.FlexLm;

/// <summary>Messages of a vendor daemon.</summary>
internal static class SampleMessages
{
    public static UsageReply Usage() => new(UsageKind.Checkout, "alice", "ws1.example.org", "/dev/pts/1", "52") { Since = 1700000000, Number = 401 };

    public static StatusReply Status() => new(44, 50, 1700000000);
}
