namespace PSLabNet.Logging;

/// <summary>The log that nobody reads.</summary>
internal sealed class WireLog : IWireLog
{
    private WireLog()
    {
    }

    /// <summary>Drops everything.</summary>
    public static IWireLog None { get; } = new WireLog();

    /// <summary>Whether what is told to a log by <see cref="IWireLog.Bytes"/> gets anywhere.</summary>
    internal static bool IsHeard(IWireLog log) => log is IWireLogOfBytes choosy ? choosy.HearsBytes : log is not WireLog;

    /// <inheritdoc/>
    public void Warning(string message)
    {
    }

    /// <inheritdoc/>
    public void Verbose(string message)
    {
    }

    /// <inheritdoc/>
    public void Bytes(string message, byte[] bytes)
    {
    }
}
