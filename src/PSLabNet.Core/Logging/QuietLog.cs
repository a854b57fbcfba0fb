namespace PSLabNet.Logging;

/// <summary>Passes warnings on as steps: for work whose results say themselves what is odd.</summary>
/// <param name="log">Receives everything.</param>
internal sealed class QuietLog(ILabLog log) : ILabByteLog
{
    public bool HearsBytes { get; } = LabLog.IsHeard(log);

    public void Warning(string message) => log.Verbose(message);

    public void Verbose(string message) => log.Verbose(message);

    public void Bytes(string message, byte[] bytes) => log.Bytes(message, bytes);
}
