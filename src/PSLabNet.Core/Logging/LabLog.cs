namespace PSLabNet.Logging;

/// <summary>A log that discards everything.</summary>
internal sealed class LabLog : ILabLog
{
    private LabLog()
    {
    }

    /// <summary>Discards everything.</summary>
    public static ILabLog None { get; } = new LabLog();

    /// <summary>Whether a log uses what <see cref="ILabLog.Bytes"/> passes to it.</summary>
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
