using System;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm;

/// <summary>How servers are asked.</summary>
public sealed record FlexLmQueryOptions
{
    /// <summary>What one server may take as a whole, all its daemons together. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many servers are asked at the same time. Default 32.</summary>
    public int ThrottleLimit { get; init; } = 32;

    /// <summary>
    /// How many requests are sent to a vendor daemon before their answers are there, 1 to 16. Default 16; 1 asks one at a time.
    /// </summary>
    public int Window { get; init; } = QueryLimits.Window;

    /// <summary>Is told what goes over the wire, and of everything odd.</summary>
    public IFlexLmTrace Trace { get; init; } = SilentTrace.Instance;

    /// <summary>What the server is told of the one who asks.</summary>
    internal ClientIdentity Identity { get; init; } = new();

    /// <summary>Is called when the server has said hello.</summary>
    internal Action OnAnswer { get; init; } = () => { };

    /// <summary>The clock.</summary>
    internal Func<DateTimeOffset> Now { get; init; } = () => DateTimeOffset.Now;

    private sealed class SilentTrace : IFlexLmTrace
    {
        public static SilentTrace Instance { get; } = new();

        public void Verbose(string text)
        {
            // Nobody asked to be told.
        }

        public void Warning(string text)
        {
            // Nobody asked to be told; warnings also stand in the results.
        }

        public void Wire(string text, byte[] bytes)
        {
            // Nobody asked to be told.
        }
    }
}

/// <summary>
/// Is told what a query does. Called from any thread, several at a time; must come back soon and must not throw.
/// </summary>
public interface IFlexLmTrace
{
    /// <summary>What is being done.</summary>
    /// <param name="text">One line.</param>
    void Verbose(string text);

    /// <summary>Something odd in spite of which the query goes on. The same text stands in the results.</summary>
    /// <param name="text">One line.</param>
    void Warning(string text);

    /// <summary>A message that was sent or received.</summary>
    /// <param name="text">Direction, peer and kind.</param>
    /// <param name="bytes">The message; not to be changed.</param>
    void Wire(string text, byte[] bytes);
}
