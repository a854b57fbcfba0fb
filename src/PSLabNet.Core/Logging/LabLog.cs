namespace PSLabNet.Logging;

/// <summary>The log that nobody reads.</summary>
internal sealed class LabLog : ILabLog
{
    private LabLog()
    {
    }

    /// <summary>Drops everything.</summary>
    public static ILabLog None { get; } = new LabLog();

    /// <summary>Whether what is told to a log by <see cref="ILabLog.Bytes"/> gets anywhere.</summary>
    internal static bool IsHeard(ILabLog log) => log is ILabByteLog choosy ? choosy.HearsBytes : log is not LabLog;

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
