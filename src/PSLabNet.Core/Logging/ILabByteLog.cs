namespace PSLabNet.Logging;

/// <summary>
/// A log that declares whether it uses bytes. If it does not, no line is formatted: a line for each datagram of ten thousand
/// devices costs more than reading the datagrams.
/// </summary>
internal interface ILabByteLog : ILabLog
{
    bool HearsBytes { get; }
}
