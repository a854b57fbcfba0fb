namespace PSLabNet.Logging;

/// <summary>
/// A log that says whether anybody hears of bytes. If not, nothing is made for it: a line for each datagram of ten thousand
/// devices costs more than reading them.
/// </summary>
internal interface ILabByteLog : ILabLog
{
    bool HearsBytes { get; }
}
