namespace PSLabNet.Logging;

/// <summary>
/// Receives what happens on the wire while a query runs. Any thread may call it, and several may at the same time: an
/// implementation should queue the message and return.
/// </summary>
public interface ILabLog
{
    /// <summary>Reports a problem; the work goes on.</summary>
    /// <param name="message">A sentence for the user.</param>
    void Warning(string message);

    /// <summary>Reports the present step.</summary>
    /// <param name="message">A sentence for the user.</param>
    void Verbose(string message);

    /// <summary>Reports bytes that were sent or received.</summary>
    /// <param name="message">The direction and the peer.</param>
    /// <param name="bytes">The bytes. They do not change any more.</param>
    void Bytes(string message, byte[] bytes);
}
